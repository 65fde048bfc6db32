package io.tenure.profile.domain;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user who was merged into another: why, and what is needed to take them apart again. It holds
 * names of traits, never values; those stay in the hidden profile.
 *
 * @param mergeId the merge
 * @param author who merged
 * @param reason why
 * @param time when
 * @param revision of the hidden profile, as far as it is part of the survivor's
 * @param eventCount events of the hidden profile counted in the survivor's
 * @param traits names of traits the survivor did not have and took
 * @param firstSeenTime of the survivor before the merge
 * @param lastSeenTime of the survivor before the merge
 */
public record Absorbed(
    String mergeId,
    String author,
    String reason,
    Instant time,
    long revision,
    long eventCount,
    Set<String> traits,
    @Nullable Instant firstSeenTime,
    @Nullable Instant lastSeenTime) {

  /** Keeps its own copy. */
  public Absorbed {
    traits = Set.copyOf(traits);
  }
}
