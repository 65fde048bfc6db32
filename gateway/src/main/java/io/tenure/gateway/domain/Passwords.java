package io.tenure.gateway.domain;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords with PBKDF2-HMAC-SHA512. The work factor is stored with every hash, so raising
 * it leaves old hashes valid.
 */
public final class Passwords {

  /** The factor OWASP's password storage guidance gives for this algorithm. */
  public static final int RECOMMENDED_ITERATIONS = 210_000;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final String NAME = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final Pattern SEPARATOR = Pattern.compile("\\$");

  private final int iterations;
  private final String decoy;
  private final SecureRandom random = new SecureRandom();

  /** Hashes with the given work factor. */
  public Passwords(int iterations) {
    this.iterations = iterations;
    this.decoy = hash("");
  }

  /** A hash to store: {@code pbkdf2-sha512$ITERATIONS$SALT$HASH}. */
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    HexFormat hex = HexFormat.of();
    return String.join(
        "$",
        NAME,
        Integer.toString(iterations),
        hex.formatHex(salt),
        hex.formatHex(derive(password, salt, iterations)));
  }

  /** Whether a password belongs to a stored hash. */
  public boolean matches(String password, String stored) {
    String[] parts = SEPARATOR.split(stored, -1);
    if (parts.length != 4 || !parts[0].equals(NAME)) {
      return false;
    }
    HexFormat hex = HexFormat.of();
    byte[] expected = hex.parseHex(parts[3]);
    byte[] actual = derive(password, hex.parseHex(parts[2]), Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(expected, actual);
  }

  /** Takes as long as a comparison, so that the time does not tell which names exist. */
  public void pretend(String password) {
    boolean ignored = matches(password, decoy);
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    } finally {
      spec.clearPassword();
    }
  }
}
