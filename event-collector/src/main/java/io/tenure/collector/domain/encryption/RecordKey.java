package io.tenure.collector.domain.encryption;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric key an SDK encrypts records with. */
public final class RecordKey {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

  private final SymmetricCipher cipher;
  private final byte[] key;

  RecordKey(SymmetricCipher cipher, byte[] key) {
    this.cipher = cipher;
    this.key = key.clone();
  }

  /**
   * The content of a payload.
   *
   * @throws Unacceptable DECRYPTION_FAILED
   */
  public byte[] open(String payload) throws Unacceptable {
    try {
      byte[] sealed = Envelope.base64(payload);
      return cipher.open(key, sealed.length % 16 == 0 ? sealed : encodedTwice(sealed));
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new Unacceptable(
          QuarantineReason.DECRYPTION_FAILED, "A payload can't be opened with its key");
    }
  }

  /** An app that encrypts to base64 itself gets it encoded once more by its SDK. */
  private static byte[] encodedTwice(byte[] sealed) {
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    return BASE64.matcher(text).matches() ? Base64.getDecoder().decode(text) : sealed;
  }

  /**
   * A payload with the given content. The same content gives the same payload, so that a record
   * kept twice is recognised.
   */
  public String seal(byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(cipher.seal(key, mac.doFinal(content), content));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
