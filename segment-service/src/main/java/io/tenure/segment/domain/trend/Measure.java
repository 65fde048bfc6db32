package io.tenure.segment.domain.trend;

import io.tenure.condition.domain.EventSelector;

/**
 * What a line of a trend counts.
 *
 * @param selector which events
 * @param aggregate what about them
 */
public record Measure(EventSelector selector, Aggregate aggregate) {

  /** How many periods before its own a point takes users from. */
  int before() {
    return aggregate instanceof Aggregate.Users(int rolling) ? rolling - 1 : 0;
  }
}
