package io.tenure.collector.domain.encryption;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.IESEngine;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.IESParameters;
import org.bouncycastle.crypto.parsers.ECIESPublicKeyParser;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Opens the key of the records with the private part of a key. */
@FunctionalInterface
interface KeyUnwrapping {

  /** The opened key. */
  byte[] unwrap(byte[] wrapped) throws GeneralSecurityException;

  /** With a private part as it is stored. */
  static KeyUnwrapping of(KeyScheme scheme, byte[] secret) {
    return switch (scheme) {
      case RSA_AES -> rsa(secret);
      case EC_AES -> ecies(curveKey(secret));
      case SM2_SM4 -> sm2(curveKey(secret));
      case PRESHARED_AES -> {
        byte[] key = secret.clone();
        yield wrapped -> key;
      }
    };
  }

  private static KeyUnwrapping rsa(byte[] pkcs8) {
    PrivateKey key;
    try {
      key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException notRsa) {
      throw new IllegalArgumentException("Not an RSA key", notRsa);
    }
    return wrapped -> {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, key);
      return cipher.doFinal(wrapped);
    };
  }

  /** The parameters of BouncyCastle's {@code "ECIES"}, which the Android SDK uses. */
  private static KeyUnwrapping ecies(ECPrivateKeyParameters key) {
    return wrapped -> {
      IESEngine engine =
          new IESEngine(
              new ECDHBasicAgreement(),
              new KDF2BytesGenerator(new SHA1Digest()),
              new HMac(new SHA1Digest()));
      try {
        engine.init(
            key, new IESParameters(null, null, 128), new ECIESPublicKeyParser(key.getParameters()));
        return engine.processBlock(wrapped, 0, wrapped.length);
      } catch (InvalidCipherTextException | RuntimeException broken) {
        throw new GeneralSecurityException(broken);
      }
    };
  }

  /** The web SDK leaves away the byte that says that its point is not compressed. */
  private static KeyUnwrapping sm2(ECPrivateKeyParameters key) {
    int withoutFirst = 2 * 32 + 32 + 16;
    return wrapped -> {
      byte[] whole = wrapped;
      if (wrapped.length == withoutFirst) {
        whole = new byte[wrapped.length + 1];
        whole[0] = 4;
        System.arraycopy(wrapped, 0, whole, 1, wrapped.length);
      }
      SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
      engine.init(false, key);
      try {
        return engine.processBlock(whole, 0, whole.length);
      } catch (InvalidCipherTextException | RuntimeException broken) {
        throw new GeneralSecurityException(broken);
      }
    };
  }

  private static ECPrivateKeyParameters curveKey(byte[] pkcs8) {
    try {
      if (PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key) {
        return key;
      }
    } catch (IOException | RuntimeException broken) {
      throw new IllegalArgumentException("Not a key on an elliptic curve", broken);
    }
    throw new IllegalArgumentException("Not a key on an elliptic curve");
  }
}
