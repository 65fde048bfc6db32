package io.tenure.statistics.multiplicity;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Terms;

/**
 * What a family says of one of its questions.
 *
 * @param pValue adjusted; at most the family's alpha for a discovery
 * @param discovery whether "no difference" is rejected
 * @param intervalAlpha one minus the level of the interval that goes with the verdict
 * @param vouchesForSign whether the interval is cut at zero, where it reaches past it
 */
public record Verdict(
    double pValue, boolean discovery, double intervalAlpha, boolean vouchesForSign) {

  /** The question's effect with the interval and p-value of the family. */
  public Effect effect(Comparison comparison, Terms terms) {
    return switch (comparison.effect(terms.withAlpha(Math.min(intervalAlpha, Math.nextDown(1))))) {
      case Effect.Unavailable unavailable -> unavailable;
      case Effect.Estimated alone ->
          new Effect.Estimated(
              alone.estimate(),
              alone.standardError(),
              alone.degreesOfFreedom(),
              interval(alone.interval(), alone.estimate()),
              pValue);
    };
  }

  /**
   * The interval of a question at {@link #intervalAlpha}, cut at zero where the verdict says so.
   */
  public Interval interval(Interval interval, double estimate) {
    if (!vouchesForSign) {
      return interval;
    }
    return estimate > 0
        ? new Interval(Math.max(0, interval.low()), interval.high())
        : new Interval(interval.low(), Math.min(0, interval.high()));
  }
}
