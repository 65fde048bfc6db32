package io.tenure.profile.domain.history;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Former states of profiles, one for each quarter of an hour in which a profile changed. */
public interface ProfileHistory {

  /** How exact a time is: every time zone's hours and days begin with such a quarter. */
  Duration QUARTER = Duration.ofMinutes(15);

  /**
   * The last state that was saved before a time, without what only the service itself needs
   * (watermarks and releases).
   *
   * @param quarter a whole quarter of an hour
   * @return empty when there was none, or it is no longer kept
   */
  Optional<Profile> find(UserKey user, Instant quarter);

  /**
   * Former states, oldest first, each the last one of its quarter of an hour.
   *
   * @param after only of quarters behind the one with this time
   */
  List<Profile> page(UserKey user, Instant after, int limit);
}
