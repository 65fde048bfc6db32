package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery.Text;

/**
 * Tells attempts apart by a property of one of their events, or by a trait of the user. The journey
 * itself is never cut by it: a user whose value changes on the way still makes one attempt.
 *
 * @param column what does
 * @param step index of the step whose event has the value; {@link #LAST_DONE} for the last one done
 * @param limit values to show, those with most entries; attempts of all others are shown together
 */
public record Breakdown(Column column, int step, int limit) {

  /** The event of the last step an attempt did. */
  public static final int LAST_DONE = -1;

  private static final int MAX_LIMIT = 1000;

  /** Accepts 1 to 1000 values. */
  public Breakdown {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A breakdown shows 1 to " + MAX_LIMIT + " values");
    }
  }

  /** The column, with the events that can have the value. */
  Text text() {
    return new Text(column, step == LAST_DONE ? Text.ANY : 1 << step);
  }

  /**
   * The event of an attempt that has the value; {@link Attempt#NOT_DONE} when it did not do the
   * step.
   */
  int eventOf(Attempt attempt) {
    int done = step == LAST_DONE ? attempt.reached() - 1 : step;
    return attempt.did(done) ? attempt.eventOf(done) : Attempt.NOT_DONE;
  }
}
