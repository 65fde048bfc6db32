package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A warning about one user.
 *
 * @param id the same for every attempt to raise the same warning, see {@link #id}
 * @param ruleId the rule that raised it
 * @param userNumber the user
 * @param loginId the user's login id; empty while anonymous
 * @param createTime instant the sweep looked at
 * @param explanation why, in words
 */
public record Alert(
    String id,
    String ruleId,
    long userNumber,
    String loginId,
    Instant createTime,
    String explanation) {

  private static final int ID_BYTES = 16;

  /**
   * The id of a user's alert in the cooldown window an instant falls into. Two alerts of one window
   * would break the cooldown, so equal ids are the same alert; alerts a cooldown apart always fall
   * into different windows.
   */
  public static String id(
      ProjectId project, String ruleId, long userNumber, Duration cooldown, Instant asOf) {
    long window = Math.floorDiv(asOf.toEpochMilli(), cooldown.toMillis());
    String name = project + "\n" + ruleId + "\n" + userNumber + "\n" + window;
    return digest(name);
  }

  /** A short, stable name made from a longer one: 128 bits of SHA-256 in hex. */
  public static String digest(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
