package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Alternative;

/**
 * A design that may be looked at after every unit, for ever: an asymptotic confidence sequence
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476, theorem 2.2 and, for one
 * side, appendix B). It pays for that with wider intervals, narrowest by comparison around the
 * planned number of units.
 *
 * @param alpha probability that the true effect ever leaves the sequence
 * @param alternative what the test looks for
 * @param plannedUnits units of all arms together around which it is tuned; fixed at the start
 * @param tunedFor the alpha for which it is narrowest there
 */
public record ConfidenceSequencePlan(
    double alpha, Alternative alternative, long plannedUnits, double tunedFor) {

  /** Accepts a budget the tuning is defined for, and at least one unit. */
  public ConfidenceSequencePlan {
    if (!(alpha > 0 && alpha < 1) || !(tunedFor > 0 && tunedFor < 1) || plannedUnits < 1) {
      throw new IllegalArgumentException("A plan has an alpha within (0, 1) and at least one unit");
    }
  }

  /** A plan tuned for its own alpha. */
  public ConfidenceSequencePlan(double alpha, Alternative alternative, long plannedUnits) {
    this(alpha, alternative, plannedUnits, alpha);
  }

  /**
   * The same plan with another budget and the same tuning: it excludes zero exactly when this
   * plan's p-value is at most that budget.
   */
  public ConfidenceSequencePlan withAlpha(double other) {
    return new ConfidenceSequencePlan(other, alternative, plannedUnits, tunedFor);
  }

  /**
   * How many standard errors the sequence is from the estimate at some number of units. In
   * logarithms, so that no number of units overflows.
   */
  public double bound(long units) {
    double spread = spread(units);
    double log = 0.5 * Math.log1p(spread) - Math.log(alpha);
    double room = alternative == Alternative.TWO_SIDED ? log : logOnePlusExp(log - Math.log(2));
    return Math.sqrt(2 * (1 + spread) / spread * room);
  }

  /** The least alpha whose sequence would exclude zero by now; valid at every look. */
  public double pValue(double statistic, long units) {
    double spread = spread(units);
    double oriented = alternative.orient(statistic);
    if (oriented <= 0) {
      return 1;
    }
    double evidence = 0.5 * oriented * oriented * spread / (1 + spread);
    double log = 0.5 * Math.log1p(spread);
    double logP =
        alternative == Alternative.TWO_SIDED
            ? log - evidence
            : log - Math.log(2) - logExpMinusOne(evidence);
    return Math.min(1, Math.exp(logP));
  }

  /** Units times the mixture's variance. */
  private double spread(long units) {
    double tuning = -2 * Math.log(tunedFor) + Math.log1p(-2 * Math.log(tunedFor));
    return units * tuning / plannedUnits;
  }

  private static double logOnePlusExp(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }

  private static double logExpMinusOne(double x) {
    return x > 1 ? x + Math.log1p(-Math.exp(-x)) : Math.log(Math.expm1(x));
  }
}
