package io.tenure.profile.domain.retention;

import java.util.List;
import java.util.Set;

/** The durable store, as far as it finds people no record came of lately, and removes them. */
public interface ExpiringUsers {

  /** What of a person goes. */
  enum Part {
    /** Traits of class C2. */
    PERSONAL_TRAITS,
    /** All traits. */
    ALL_TRAITS,
    /** The profile with everything beside it. */
    PROFILE
  }

  /**
   * Who no record came of and who still has something that goes.
   *
   * @param computed names of traits that are not meant, because they would be computed again
   * @param after user numbers above this one
   * @return numbers, ascending; of merged users only whom they were merged into
   */
  List<Found> find(Expiry expiry, Part part, Set<String> computed, long after, int limit);

  /**
   * A user.
   *
   * @param absorbed whether others were merged into this one
   */
  record Found(long number, boolean absorbed) {}

  /** How many there are. */
  long count(Expiry expiry, Part part, Set<String> computed);

  /** Names of traits that are computed. */
  Set<String> computed(Expiry expiry);

  /** Writes down whose part goes in a night, before anything of it does. */
  void note(String runId, Expiry expiry, Part part, List<Long> numbers);

  /** Whose part goes in a night, ascending, above a number. */
  List<Long> noted(String runId, Expiry expiry, Part part, long after, int limit);
}
