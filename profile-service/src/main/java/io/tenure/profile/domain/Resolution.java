package io.tenure.profile.domain;

import io.tenure.profile.domain.identity.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a record belongs to.
 *
 * @param userNumber the user
 * @param created whether this very call gave the number away
 * @param ownsLogin whether the record's login id belongs to that user now
 * @param ownsDevice whether the record's device id belongs to that user now
 * @param loginRule how this record decided whose its login id is; null when it did not
 * @param deviceRule how this record decided whose its device id is; null when it did not
 * @param taking the user this record took an id from; null for none
 * @param mapping what the record decided by the plan ID_MAPPING; null by the other plans
 */
public record Resolution(
    long userNumber,
    boolean created,
    boolean ownsLogin,
    boolean ownsDevice,
    @Nullable Rule loginRule,
    @Nullable Rule deviceRule,
    @Nullable Taking taking,
    @Nullable Mapping mapping) {

  /** Of a record that decided and took nothing. */
  public Resolution(long userNumber, boolean created, boolean ownsLogin, boolean ownsDevice) {
    this(userNumber, created, ownsLogin, ownsDevice, null, null, null, null);
  }

  /**
   * An id leaves a user.
   *
   * @param from the user
   * @param places up to where records of each log are still about that user; the record's own first
   */
  public record Taking(long from, List<Place> places) {

    /** Keeps its own copy. */
    public Taking {
      places = List.copyOf(places);
    }
  }

  /** A place in a log. */
  public record Place(String logId, long offset) {}
}
