package io.tenure.gateway.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The secret text of a key: {@code wk_} or {@code sk_}, 40 random hex digits, and 8 digits of their
 * CRC-32, so that a leak scanner can tell a real key from a look-alike without asking us.
 */
public final class KeyText {

  private static final int RANDOM_BYTES = 20;
  private static final int PREFIX_LENGTH = 9;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyText() {}

  /** A new text; 160 random bits. */
  public static String generate(AccessKey.Kind kind) {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    String body = marker(kind) + HexFormat.of().formatHex(bytes);
    return body + checksum(body);
  }

  /** Whether a text has the shape and checksum of a generated one. */
  public static boolean isWellFormed(String text) {
    int cut = text.length() - 8;
    return (text.startsWith("wk_") || text.startsWith("sk_"))
        && cut == 3 + 2 * RANDOM_BYTES
        && checksum(text.substring(0, cut)).equals(text.substring(cut));
  }

  /**
   * SHA-256 of a text in hex. Without salt or stretching, because the texts are random and long:
   * there is nothing to guess, and every request needs this.
   */
  public static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The first characters, shown to recognise a key by. */
  public static String prefix(String text) {
    return text.substring(0, Math.min(PREFIX_LENGTH, text.length()));
  }

  private static String marker(AccessKey.Kind kind) {
    return switch (kind) {
      case WRITE -> "wk_";
      case SECRET -> "sk_";
    };
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
