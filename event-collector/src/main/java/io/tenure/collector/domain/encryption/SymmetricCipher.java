package io.tenure.collector.domain.encryption;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** CBC with the padding of PKCS#7; the initialisation vector lies before the ciphertext. */
enum SymmetricCipher {
  AES {
    @Override
    boolean takes(byte[] key) {
      return key.length == 16 || key.length == 24 || key.length == 32;
    }

    @Override
    byte[] run(boolean encrypt, byte[] key, byte[] iv, byte[] input, int from)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(iv));
      return cipher.doFinal(input, from, input.length - from);
    }
  },
  SM4 {
    @Override
    boolean takes(byte[] key) {
      return key.length == BLOCK;
    }

    @Override
    byte[] run(boolean encrypt, byte[] key, byte[] iv, byte[] input, int from)
        throws GeneralSecurityException {
      BufferedBlockCipher cipher =
          new PaddedBufferedBlockCipher(
              CBCBlockCipher.newInstance(new SM4Engine()), new PKCS7Padding());
      cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
      int length = input.length - from;
      byte[] output = new byte[cipher.getOutputSize(length)];
      try {
        int size = cipher.processBytes(input, from, length, output, 0);
        size += cipher.doFinal(output, size);
        return Arrays.copyOf(output, size);
      } catch (InvalidCipherTextException | RuntimeException broken) {
        throw new GeneralSecurityException(broken);
      }
    }
  };

  private static final int BLOCK = 16;

  /** Whether a key has a length this cipher can work with. */
  abstract boolean takes(byte[] key);

  abstract byte[] run(boolean encrypt, byte[] key, byte[] iv, byte[] input, int from)
      throws GeneralSecurityException;

  byte[] open(byte[] key, byte[] sealed) throws GeneralSecurityException {
    if (sealed.length < 2 * BLOCK || sealed.length % BLOCK != 0) {
      throw new GeneralSecurityException("Not a vector and whole blocks");
    }
    return run(false, key, Arrays.copyOf(sealed, BLOCK), sealed, BLOCK);
  }

  /** The first bytes of the given vector are taken. */
  byte[] seal(byte[] key, byte[] vector, byte[] plain) throws GeneralSecurityException {
    byte[] iv = Arrays.copyOf(vector, BLOCK);
    byte[] content = run(true, key, iv, plain, 0);
    byte[] sealed = Arrays.copyOf(iv, BLOCK + content.length);
    System.arraycopy(content, 0, sealed, BLOCK, content.length);
    return sealed;
  }
}
