package io.tenure.segment.domain.funnel;

import java.time.Duration;

/**
 * What one step asks of the time since the step done before it.
 *
 * @param optional whether an attempt may go on without it
 * @param least shortest time since the step done before
 * @param most longest time since the step done before; {@link #EVER} when only the window counts
 */
public record StepRule(boolean optional, Duration least, Duration most) {

  /** Longer than any window. */
  public static final Duration EVER = Duration.ofDays(36_600);

  /** Must be done, at any time within the window. */
  public static final StepRule REQUIRED = new StepRule(false, Duration.ZERO, EVER);

  /** Accepts times that some event can fulfil. */
  public StepRule {
    if (least.isNegative() || most.compareTo(least) < 0 || most.isZero()) {
      throw new IllegalArgumentException(
          "The longest time since the step before must be positive and no shorter than the"
              + " shortest");
    }
  }

  boolean limitsTime() {
    return most.compareTo(EVER) < 0;
  }
}
