package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Encrypts as the SDKs do, with nothing but a public key. */
public final class SealedForms {

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] recordKey = random();
  private final String ekey;
  private final String algorithm;

  private SealedForms(String scheme, String publicKey) throws Exception {
    this.algorithm = scheme.equals("SM2") ? "SM4" : "AES";
    this.ekey = Base64.getEncoder().encodeToString(wrapped(scheme, publicKey));
  }

  /** An SDK that was given a public key of "RSA", "EC" or "SM2". */
  public static SealedForms with(String scheme, String publicKey) throws Exception {
    return new SealedForms(scheme, publicKey);
  }

  private byte[] wrapped(String scheme, String publicKey) throws Exception {
    byte[] x509 = Base64.getDecoder().decode(publicKey);
    return switch (scheme) {
      case "RSA" -> {
        Cipher cipher = Cipher.getInstance("RSA/None/PKCS1Padding", PROVIDER);
        cipher.init(
            Cipher.ENCRYPT_MODE,
            KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509)));
        yield cipher.doFinal(recordKey);
      }
      case "EC" -> {
        Cipher cipher = Cipher.getInstance("ECIES", PROVIDER);
        cipher.init(
            Cipher.ENCRYPT_MODE,
            KeyFactory.getInstance("EC", PROVIDER).generatePublic(new X509EncodedKeySpec(x509)));
        yield cipher.doFinal(recordKey);
      }
      default -> {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        ECPublicKeyParameters key = (ECPublicKeyParameters) PublicKeyFactory.createKey(x509);
        engine.init(true, new ParametersWithRandom(key, RANDOM));
        byte[] whole = engine.processBlock(recordKey, 0, recordKey.length);
        yield Arrays.copyOfRange(whole, 1, whole.length);
      }
    };
  }

  /** One payload: packed, then encrypted. */
  public String payload(String json) throws Exception {
    return encrypted(SensorsForms.gzip(json.getBytes(UTF_8)));
  }

  String encrypted(byte[] content) throws GeneralSecurityException {
    byte[] iv = random();
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding", PROVIDER);
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(recordKey, algorithm), new IvParameterSpec(iv));
    return base64(iv, cipher.doFinal(content));
  }

  /** What {@link #encrypted} encrypted; empty when that is not what it is. */
  Optional<byte[]> decrypted(byte[] sealed) throws GeneralSecurityException {
    if (sealed.length < 32) {
      return Optional.empty();
    }
    Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding", PROVIDER);
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(recordKey, algorithm),
        new IvParameterSpec(sealed, 0, 16));
    try {
      return Optional.of(cipher.doFinal(sealed, 16, sealed.length - 16));
    } catch (BadPaddingException | IllegalBlockSizeException foreign) {
      return Optional.empty();
    }
  }

  /** What mobile SDKs and the web SDK's SM plugin wrap around payloads; one payload an event. */
  public String wrapper(int version, String... payloads) {
    String list =
        List.of(payloads).stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(","));
    return "{\"ekey\":\"%s\",\"pkv\":%d,\"payloads\":[%s],\"flush_time\":1700000000123}"
        .formatted(ekey, version, list);
  }

  /** What mobile SDKs wrap around a whole request. */
  public String transportWrapper(int version, String payload) {
    return "{\"ekey\":\"%s\",\"pkv\":%d,\"payloads\":\"%s\",\"flush_time\":1700000000123}"
        .formatted(ekey, version, payload);
  }

  /** As Android sends it: with the checksum first. */
  public static String mobileForm(int gzip, String json) {
    return "crc=%d&gzip=%d&data_list=%s"
        .formatted(json.hashCode(), gzip, SensorsForms.escaped(json));
  }

  /** As the web SDK sends it. */
  public static String webForm(String json) {
    return "data=" + SensorsForms.escaped(json) + "&ext=crc%3D" + json.hashCode() + "&gzip=9";
  }

  /** As the web SDK's AES plugin encrypts: a key in base64, nothing packed. */
  public static String preshared(String keyId, byte[] key, String json) throws Exception {
    byte[] iv = random();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return "{\"key_id\":\"%s\",\"key_hash\":\"%s\",\"nc\":1,\"payload\":\"%s\"}"
        .formatted(
            keyId,
            HexFormat.of().formatHex(random()),
            base64(iv, cipher.doFinal(json.getBytes(UTF_8))));
  }

  private static String base64(byte[] iv, byte[] content) {
    byte[] whole = Arrays.copyOf(iv, iv.length + content.length);
    System.arraycopy(content, 0, whole, iv.length, content.length);
    return Base64.getEncoder().encodeToString(whole);
  }

  private static byte[] random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
