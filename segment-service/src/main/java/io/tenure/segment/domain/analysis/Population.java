package io.tenure.segment.domain.analysis;

import io.tenure.condition.domain.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose events count, and which of them.
 *
 * @param condition only users for whom this holds; null for everybody
 * @param asOf when it must hold
 * @param samplePerMille share of the users to look at, in thousandths; the same users each time
 * @param sessions only events of such sessions; null for all
 * @param receivedUntil only events received by then, inclusive; null for all
 */
public record Population(
    @Nullable Condition condition,
    Instant asOf,
    int samplePerMille,
    @Nullable SessionFilter sessions,
    @Nullable Instant receivedUntil) {

  /** All users. */
  public static final int ALL = 1000;

  /** Everybody. */
  public static final Population EVERYBODY = new Population(null, Instant.EPOCH, ALL, null, null);

  /** Accepts a share of 1 to 1000 thousandths. */
  public Population {
    if (samplePerMille < 1 || samplePerMille > ALL) {
      throw new IllegalArgumentException("The sample must be 1 to 1000 thousandths");
    }
  }

  /** The same with events of all sessions. */
  public Population users() {
    return new Population(condition, asOf, samplePerMille, null, receivedUntil);
  }
}
