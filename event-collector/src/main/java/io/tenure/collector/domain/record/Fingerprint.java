package io.tenure.collector.domain.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * 128 bits that stand for a content: two records with the same fingerprint are the same record sent
 * twice.
 */
public record Fingerprint(long high, long low) {

  /** Of texts; where one ends and the next begins matters. */
  public static Fingerprint of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      update(digest, part.getBytes(StandardCharsets.UTF_8));
    }
    return first128(digest);
  }

  /** Of bytes in a named context. */
  public static Fingerprint of(String context, byte[] content) {
    MessageDigest digest = sha256();
    update(digest, context.getBytes(StandardCharsets.UTF_8));
    update(digest, content);
    return first128(digest);
  }

  /** SHA-256 of a text in UTF-8, in hexadecimal digits. */
  static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** 32 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static Fingerprint first128(MessageDigest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
