package io.tenure.segment.domain.interval;

/** One number of an interval query, behind which there are users. */
public sealed interface IntervalCell {

  /** Everybody with an interval. */
  record All() implements IntervalCell {}

  /** One bar of the histogram, from 0. */
  record Bar(int index) implements IntervalCell {}

  /** Intervals that begin in a period. */
  record Period(int number) implements IntervalCell {}
}
