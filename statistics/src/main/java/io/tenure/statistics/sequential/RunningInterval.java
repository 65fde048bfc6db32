package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Interval;

/**
 * What all looks together leave possible. Each look's interval holds the true effect at the same
 * time as all others, so their intersection does; when they don't meet, the effect has changed
 * since (novelty, an outage), and the latest interval is told alone.
 *
 * @param interval left possible
 * @param drifted whether intervals of different looks excluded each other
 */
public record RunningInterval(Interval interval, boolean drifted) {

  static final RunningInterval UNBOUNDED =
      new RunningInterval(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), false);

  RunningInterval and(Interval next) {
    return interval
        .intersection(next)
        .map(both -> new RunningInterval(both, drifted))
        .orElseGet(() -> new RunningInterval(next, true));
  }
}
