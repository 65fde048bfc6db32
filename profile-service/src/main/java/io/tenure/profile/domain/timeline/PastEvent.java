package io.tenure.profile.domain.timeline;

import java.time.Instant;
import java.util.Map;

/**
 * Something a user did.
 *
 * @param place where it stands among the user's events
 * @param eventId the client's id, or one derived from the record
 * @param receiveTime when it reached us
 * @param loginId empty when the event carried none
 * @param anonymousId empty when the event carried none
 * @param properties values as texts
 */
public record PastEvent(
    Place place,
    String eventId,
    Instant receiveTime,
    String loginId,
    String anonymousId,
    String library,
    Map<String, String> properties) {

  /**
   * The place of one event among all of a project; no two have the same.
   *
   * @param key the event's hash, unsigned, in decimal
   */
  public record Place(Instant time, String key, String name, long userNumber) {}
}
