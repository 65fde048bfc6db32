package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Packing;

/**
 * What the bits of a packed event mean to a funnel: first one for each step it can serve, then one
 * for each exclusion it is.
 *
 * @param steps number of steps, 1 to 20
 * @param exclusions number of exclusions
 */
record StepPacking(int steps, int exclusions) {

  /** Accepts what has room. */
  StepPacking {
    if (steps < 1 || steps > FunnelRules.MAX_STEPS) {
      throw new IllegalArgumentException("Needs 1 to " + FunnelRules.MAX_STEPS + " steps");
    }
    if (steps + exclusions > Packing.MAX_BITS) {
      throw new IllegalArgumentException(
          "Steps and exclusions together are at most " + Packing.MAX_BITS);
    }
  }

  /** When an event happened, in milliseconds. */
  long millis(long packed) {
    return packed >>> steps + exclusions;
  }

  /** The steps the event can serve. */
  int mask(long packed) {
    return (int) packed & ((1 << steps) - 1);
  }

  /** The exclusions the event is. */
  int excluded(long packed) {
    return (int) (packed >>> steps) & ((1 << exclusions) - 1);
  }
}
