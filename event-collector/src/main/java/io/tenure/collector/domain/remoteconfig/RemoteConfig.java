package io.tenure.collector.domain.remoteconfig;

import io.tenure.platform.failure.Failure;
import java.util.HashSet;
import java.util.List;

/**
 * What the SDKs of a platform are told. Whatever is not said leaves an SDK as its app made it.
 *
 * @param disableSdk silences the SDK, for a day or longer even if taken back at once
 * @param disableDebugMode turns its debug mode off
 * @param autoTrackMode -1 as the app says, 0 nothing, else the sum of 1 start, 2 end, 4 click, 8
 *     screen
 * @param eventBlacklist names of events it must not send
 * @param effectAtOnce whether it obeys at once or at its next start
 * @param supportTransportEncrypt whether it may encrypt whole requests instead of single records
 */
public record RemoteConfig(
    boolean disableSdk,
    boolean disableDebugMode,
    int autoTrackMode,
    List<String> eventBlacklist,
    boolean effectAtOnce,
    boolean supportTransportEncrypt) {

  /** Until somebody changes it. */
  public static final RemoteConfig DEFAULT =
      new RemoteConfig(false, false, -1, List.of(), false, false);

  private static final int MOST_EVENTS = 1000;
  private static final int LONGEST_NAME = 100;
  private static final int ALL_MODES = 1 + 2 + 4 + 8;

  /**
   * Copies the list.
   *
   * @throws Failure INVALID_ARGUMENT
   */
  public RemoteConfig {
    eventBlacklist = List.copyOf(eventBlacklist);
    if (autoTrackMode < -1 || autoTrackMode > ALL_MODES) {
      throw Failure.invalid("auto_track_mode", "must be -1 to " + ALL_MODES);
    }
    if (eventBlacklist.size() > MOST_EVENTS) {
      throw Failure.invalid("event_blacklist", "must have at most " + MOST_EVENTS + " names");
    }
    if (eventBlacklist.stream().anyMatch(name -> name.isBlank() || name.length() > LONGEST_NAME)) {
      throw Failure.invalid(
          "event_blacklist", "must hold names of 1 to " + LONGEST_NAME + " characters");
    }
    if (new HashSet<>(eventBlacklist).size() < eventBlacklist.size()) {
      throw Failure.invalid("event_blacklist", "must not repeat a name");
    }
  }
}
