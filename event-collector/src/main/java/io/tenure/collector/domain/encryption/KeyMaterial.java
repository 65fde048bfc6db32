package io.tenure.collector.domain.encryption;

import io.tenure.platform.failure.Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Both parts of a key. The public part is always computed from the private one, so that they fit.
 *
 * @param secret PKCS#8, or the bare bytes of a pre-shared key
 * @param publicKey X.509 in base64; empty for a pre-shared key
 * @param publicPoint in hexadecimal; only of elliptic curves
 */
@SuppressWarnings("ArrayRecordComponent")
record KeyMaterial(byte[] secret, String publicKey, String publicPoint) {

  private static final int RSA_BITS = 2048;
  private static final int FEWEST_RSA_BITS = 1024;
  private static final int MOST_RSA_BITS = 4096;
  private static final Pattern HEX_NUMBER = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern PEM_FRAME = Pattern.compile("-----[A-Z ]+-----");

  private static final ECNamedDomainParameters P256 =
      new ECNamedDomainParameters(
          SECObjectIdentifiers.secp256r1, SECNamedCurves.getByName("secp256r1"));
  private static final ECNamedDomainParameters SM2 =
      new ECNamedDomainParameters(
          GMObjectIdentifiers.sm2p256v1, GMNamedCurves.getByName("sm2p256v1"));

  /** A new pair. */
  static KeyMaterial made(KeyScheme scheme) {
    return switch (scheme) {
      case RSA_AES -> of(newRsa().getPrivate());
      case EC_AES -> of(newPoint(P256).getPrivate());
      case SM2_SM4 -> of(newPoint(SM2).getPrivate());
      case PRESHARED_AES -> throw new IllegalArgumentException("Both sides know it beforehand");
    };
  }

  /**
   * A private part from elsewhere.
   *
   * @throws Failure INVALID_ARGUMENT when it is not one of this scheme
   */
  static KeyMaterial imported(KeyScheme scheme, String text) {
    return switch (scheme) {
      case RSA_AES -> {
        if (!(parsed(text) instanceof RSAPrivateCrtKeyParameters key)
            || key.getModulus().bitLength() < FEWEST_RSA_BITS
            || key.getModulus().bitLength() > MOST_RSA_BITS) {
          throw invalid("must be an RSA key of 1024 to 4096 bits in PKCS#8, as PEM or base64");
        }
        yield of(key);
      }
      case EC_AES -> onCurve(text, P256);
      case SM2_SM4 -> onCurve(text, SM2);
      case PRESHARED_AES -> {
        byte[] key = base64(text);
        if (!SymmetricCipher.AES.takes(key)) {
          throw invalid("must be 16, 24 or 32 bytes in base64");
        }
        yield new KeyMaterial(key, "", "");
      }
    };
  }

  private static KeyMaterial onCurve(String text, ECNamedDomainParameters usual) {
    String stripped = text.strip();
    if (HEX_NUMBER.matcher(stripped).matches()) {
      BigInteger number = new BigInteger(stripped, 16);
      if (number.signum() == 0 || number.compareTo(usual.getN()) >= 0) {
        throw invalid("is not a number of the curve");
      }
      return of(new ECPrivateKeyParameters(number, usual));
    }
    if (!(parsed(text) instanceof ECPrivateKeyParameters key)
        || !(key.getParameters() instanceof ECNamedDomainParameters curve)) {
      throw invalid("must be a key on a named curve in PKCS#8, as PEM or base64, or 64 hex digits");
    }
    ASN1ObjectIdentifier sm2 = SM2.getName();
    if (usual == SM2 && !curve.getName().equals(sm2)) {
      throw invalid("must be a key on the curve sm2p256v1");
    }
    return of(key);
  }

  private static AsymmetricKeyParameter parsed(String text) {
    try {
      return PrivateKeyFactory.createKey(base64(PEM_FRAME.matcher(text).replaceAll("")));
    } catch (IOException | RuntimeException unreadable) {
      throw invalid("is not a private key in PKCS#8, as PEM or base64");
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException notBase64) {
      throw invalid("is not base64");
    }
  }

  private static Failure invalid(String description) {
    return Failure.invalid("private_key", description);
  }

  private static AsymmetricCipherKeyPair newRsa() {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(
            BigInteger.valueOf(65537), new SecureRandom(), RSA_BITS, 128));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair newPoint(ECNamedDomainParameters curve) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve, new SecureRandom()));
    return generator.generateKeyPair();
  }

  private static KeyMaterial of(AsymmetricKeyParameter secret) {
    try {
      AsymmetricKeyParameter open = publicPart(secret);
      return new KeyMaterial(
          PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded(),
          Base64.getEncoder()
              .encodeToString(
                  SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open).getEncoded()),
          open instanceof ECPublicKeyParameters point
              ? HexFormat.of().formatHex(point.getQ().getEncoded(false))
              : "");
    } catch (IOException inMemory) {
      throw new IllegalStateException(inMemory);
    }
  }

  private static AsymmetricKeyParameter publicPart(AsymmetricKeyParameter secret) {
    return switch (secret) {
      case RSAPrivateCrtKeyParameters rsa ->
          new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
      case ECPrivateKeyParameters point ->
          new ECPublicKeyParameters(
              new FixedPointCombMultiplier()
                  .multiply(point.getParameters().getG(), point.getD())
                  .normalize(),
              point.getParameters());
      default -> throw new IllegalArgumentException("Neither RSA nor on a curve");
    };
  }
}
