package io.tenure.profile;

import io.tenure.platform.seal.ValueCipher;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.activity.ActivityRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the profile service.
 *
 * @param identityChunk ids handed to one Redis script call; more is faster for a batch, less lets
 *     others through sooner
 * @param restoreOverlap how far a restore of identities reaches back before the last change it
 *     knows of; must exceed the difference between any two servers' clocks
 * @param writeAttempts how often a profile is tried that somebody else changes at the same time
 * @param computationSlice user numbers a computation of traits takes at a time; more reads the
 *     events less often, less needs less memory
 * @param personalDataRole least role that sees traits and properties of class C2
 * @param activity how much is kept of what users did lately
 * @param watch streams of changed profiles
 * @param sealing keys that seal personal traits in the stores
 * @param erasure how people are forgotten
 * @param retention how what is kept no longer is removed
 */
@Validated
@ConfigurationProperties("tenure.profile")
public record ProfileProperties(
    @Min(1) @Max(10_000) @DefaultValue("1000") int identityChunk,
    @DefaultValue("10m") Duration restoreOverlap,
    @Min(1) @DefaultValue("8") int writeAttempts,
    @Min(1) @DefaultValue("50000") int computationSlice,
    @DefaultValue("EDITOR") Role personalDataRole,
    @DefaultValue @Valid Activity activity,
    @DefaultValue @Valid Watch watch,
    @DefaultValue @Valid Sealing sealing,
    @DefaultValue @Valid Erasure erasure,
    @DefaultValue @Valid Retention retention,
    @DefaultValue @Valid Squash squash) {

  /**
   * How what is kept no longer is removed.
   *
   * @param leastProfileDays how long profiles must be kept: longer than the collectors' logs keep
   *     records, or what is read again would make new profiles
   * @param services others that keep something with an end, each at {@code tenure.clients.NAME}
   */
  public record Retention(
      @Min(1) @DefaultValue("30") int leastProfileDays,
      @DefaultValue({"event-collector", "alert-service"}) List<String> services) {}

  /**
   * How old merges become final.
   *
   * @param undoWindow how long a merge can be undone
   * @param settleTime how long an event that was on its way to the store may take to arrive
   * @param size merges of a project that become final in one pass, at most
   */
  public record Squash(
      @DefaultValue("30d") Duration undoWindow,
      @DefaultValue("10m") Duration settleTime,
      @Min(1) @Max(10_000) @DefaultValue("10000") int size) {}

  /**
   * How people are forgotten.
   *
   * @param key by which erased people are recognised, 32 bytes in Base64; must never change
   * @param receiptKey signs receipts: Ed25519, PKCS#8 in Base64
   * @param services others that keep something about people, each at {@code tenure.clients.NAME}
   * @param journal file that keeps the tombstones outside the stores, for restores; empty for none
   * @param backups file that names the backups there are, for receipts; empty for none
   */
  public record Erasure(
      @DefaultValue("") String key,
      @DefaultValue("") String receiptKey,
      @DefaultValue({"event-collector", "alert-service", "experiment-service"})
          List<String> services,
      @DefaultValue("") String journal,
      @DefaultValue("") String backups) {}

  /**
   * How personal traits are sealed.
   *
   * @param keys master keys by name, each 32 bytes in Base64; none for no sealing
   * @param active name of the one that seals; may be empty when there is one only
   * @param cipher what seals
   * @param cachedUsers whose keys are held in memory at most, half a kilobyte each
   * @param cacheTime how long; an erased user's key is nowhere after it
   */
  public record Sealing(
      @DefaultValue Map<String, String> keys,
      @DefaultValue("") String active,
      @DefaultValue("AES_256_GCM") ValueCipher cipher,
      @Min(1) @DefaultValue("50000") int cachedUsers,
      @DefaultValue("10m") Duration cacheTime) {}

  /**
   * How much of a user's activity is kept in the hot profile; bounds its memory.
   *
   * @param timeZone whose calendar days are counted
   * @param eventNames event names of a user
   * @param days calendar days of an event, up to the latest one with it
   * @param sessions sessions of a user
   * @param sessionGap time without an event that ends a session
   * @param numbers traits whose numbers are followed
   * @param points days with a change of a number
   */
  public record Activity(
      @DefaultValue("Asia/Shanghai") ZoneId timeZone,
      @Min(1) @Max(500) @DefaultValue("24") int eventNames,
      @Min(1) @Max(400) @DefaultValue("32") int days,
      @Min(1) @Max(100) @DefaultValue("5") int sessions,
      @DefaultValue("30m") Duration sessionGap,
      @Min(1) @Max(100) @DefaultValue("8") int numbers,
      @Min(1) @Max(400) @DefaultValue("8") int points) {

    ActivityRules rules() {
      return new ActivityRules(timeZone, eventNames, days, sessions, sessionGap, numbers, points);
    }
  }

  /**
   * Streams of changed profiles.
   *
   * @param entries batches of changes kept for each project, of up to 1,000 users each; how far
   *     back a stream can be resumed, and up to 11 KB of Redis each
   * @param streams open at once
   * @param patience how long a reader may take for one message
   */
  public record Watch(
      @Min(1) @DefaultValue("1000") long entries,
      @Min(0) @DefaultValue("200") int streams,
      @DefaultValue("30s") Duration patience) {}
}
