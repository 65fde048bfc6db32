package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Column;

/**
 * Tells attempts apart by a property of one of their events. The journey itself is never cut by it:
 * a user whose value changes on the way still makes one attempt.
 *
 * @param column the property
 * @param step index of the step whose event has the value; {@link #LAST_DONE} for the last one done
 */
public record Breakdown(Column.Property column, int step) {

  /** The event of the last step an attempt did. */
  public static final int LAST_DONE = -1;

  /**
   * The event of an attempt that has the value; {@link Attempt#NOT_DONE} when it did not do the
   * step.
   */
  int eventOf(Attempt attempt) {
    int done = step == LAST_DONE ? attempt.reached() - 1 : step;
    return attempt.did(done) ? attempt.eventOf(done) : Attempt.NOT_DONE;
  }
}
