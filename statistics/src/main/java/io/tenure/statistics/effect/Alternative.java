package io.tenure.statistics.effect;

import io.tenure.statistics.distribution.StudentT;

/** What a test looks for. */
public enum Alternative {
  /** Any difference. */
  TWO_SIDED,
  /** A greater value than the control's. */
  GREATER,
  /** A lesser value than the control's. */
  LESS;

  /** Probability of a statistic at least as extreme when there is no difference. */
  public double pValue(double statistic, double degreesOfFreedom) {
    return switch (this) {
      case TWO_SIDED -> Math.min(1, 2 * StudentT.survival(Math.abs(statistic), degreesOfFreedom));
      case GREATER -> StudentT.survival(statistic, degreesOfFreedom);
      case LESS -> StudentT.survival(-statistic, degreesOfFreedom);
    };
  }

  /** How many standard errors an interval reaches to where it is bounded. */
  public double critical(double alpha, double degreesOfFreedom) {
    return StudentT.upperQuantile(this == TWO_SIDED ? alpha / 2 : alpha, degreesOfFreedom);
  }

  /** The interval that reaches some width to where this looks from. */
  public Interval interval(double estimate, double width) {
    return switch (this) {
      case TWO_SIDED -> new Interval(estimate - width, estimate + width);
      case GREATER -> new Interval(estimate - width, Double.POSITIVE_INFINITY);
      case LESS -> new Interval(Double.NEGATIVE_INFINITY, estimate + width);
    };
  }

  /** The statistic, turned so that great values speak against "no difference". */
  public double orient(double statistic) {
    return switch (this) {
      case TWO_SIDED -> Math.abs(statistic);
      case GREATER -> statistic;
      case LESS -> -statistic;
    };
  }
}
