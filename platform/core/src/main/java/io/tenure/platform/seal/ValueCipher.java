package io.tenure.platform.seal;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The ciphers values are sealed with, both with authentication: what was changed does not open. The
 * first is the world's, the second China's (GB/T 32907), which regulators there ask for.
 */
public enum ValueCipher {
  /** AES with 256 bits. */
  AES_256_GCM('a', 32) {
    @Override
    byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] place, byte[] input)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place);
      return cipher.doFinal(input);
    }
  },
  /** SM4 with its 128 bits. */
  SM4_GCM('s', 16) {
    @Override
    byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] place, byte[] input)
        throws GeneralSecurityException {
      GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
      cipher.init(seal, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, place));
      byte[] output = new byte[cipher.getOutputSize(input.length)];
      try {
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, length);
        return output;
      } catch (InvalidCipherTextException | RuntimeException broken) {
        throw new GeneralSecurityException(broken);
      }
    }
  };

  static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final char letter;
  private final int keyBytes;

  ValueCipher(char letter, int keyBytes) {
    this.letter = letter;
    this.keyBytes = keyBytes;
  }

  /** By what sealed text names its cipher. */
  public char letter() {
    return letter;
  }

  int keyBytes() {
    return keyBytes;
  }

  static ValueCipher of(char letter) throws GeneralSecurityException {
    for (ValueCipher cipher : values()) {
      if (cipher.letter == letter) {
        return cipher;
      }
    }
    throw new GeneralSecurityException("No cipher has this letter");
  }

  abstract byte[] run(boolean seal, byte[] key, byte[] nonce, byte[] place, byte[] input)
      throws GeneralSecurityException;
}
