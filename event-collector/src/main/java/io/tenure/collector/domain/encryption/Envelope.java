package io.tenure.collector.domain.encryption;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted records and the name of the key that opens them, as they lie on the wire. Known by its
 * shape, because not every SDK says that it encrypts.
 */
public sealed interface Envelope {

  /**
   * Longest encrypted key, in base64: one of RSA with 8192 bits. It is repeated for every record
   * that is kept aside.
   */
  int LONGEST_WRAPPED_KEY = 1400;

  /** The encrypted contents, in base64. */
  List<String> payloads();

  /** A version of a key pair, and the SDK's own key encrypted with its public part. */
  record Wrapped(String version, String wrappedKey, List<String> payloads) implements Envelope {}

  /** The id of a key both sides know. */
  record Preshared(String keyId, List<String> payloads) implements Envelope {}

  /** Whether an object is an envelope and not a record. */
  static boolean is(Map<String, Object> fields) {
    return !fields.containsKey("type")
        && (fields.containsKey("ekey")
            || (fields.containsKey("key_id") && fields.containsKey("payload")));
  }

  /**
   * Reads an envelope.
   *
   * @throws Unacceptable DECRYPTION_FAILED when a part is missing or of the wrong type
   */
  static Envelope of(Map<String, Object> fields) throws Unacceptable {
    if (fields.containsKey("payload")) {
      return new Preshared(name(fields, "key_id"), List.of(text(fields.get("payload"), "payload")));
    }
    String wrappedKey = text(fields.get("ekey"), "ekey");
    if (wrappedKey.length() > LONGEST_WRAPPED_KEY) {
      throw broken("'ekey' is longer than any key");
    }
    return new Wrapped(name(fields, "pkv"), wrappedKey, payloads(fields.get("payloads")));
  }

  private static String name(Map<String, Object> fields, String field) throws Unacceptable {
    Object value = fields.get(field);
    return value instanceof Long number ? number.toString() : text(value, field);
  }

  private static List<String> payloads(@Nullable Object value) throws Unacceptable {
    if (!(value instanceof List<?> list)) {
      return List.of(text(value, "payloads"));
    }
    List<String> payloads = new ArrayList<>(list.size());
    for (Object payload : list) {
      payloads.add(text(payload, "payloads"));
    }
    if (payloads.isEmpty()) {
      throw broken("'payloads' is empty");
    }
    return payloads;
  }

  private static String text(@Nullable Object value, String field) throws Unacceptable {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw broken("'" + field + "' of the envelope must be a text");
  }

  private static Unacceptable broken(String detail) {
    return new Unacceptable(QuarantineReason.DECRYPTION_FAILED, detail);
  }

  /** Forgives an unescaped plus that became a space, and line breaks. */
  static byte[] base64(String text) {
    return Base64.getMimeDecoder().decode(text.strip().replace(' ', '+'));
  }
}
