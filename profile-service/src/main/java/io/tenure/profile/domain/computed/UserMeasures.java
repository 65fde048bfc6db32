package io.tenure.profile.domain.computed;

import io.tenure.profile.domain.computed.EventMeasures.Visitor;

/** What one computation finds out about users, range after range. */
@FunctionalInterface
interface UserMeasures {

  /**
   * Measures the users of a range that have a value.
   *
   * @param after user numbers above it
   * @param upTo user numbers up to it
   */
  void measure(long after, long upTo, Visitor visitor);
}
