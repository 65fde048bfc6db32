package io.tenure.segment.domain.funnel;

/**
 * How a factor goes with completing: a table of two by two.
 *
 * @param completeWith complete attempts with the factor
 * @param complete all complete attempts
 * @param lostWith attempts that were lost, with the factor
 * @param lost all attempts that were lost
 */
public record Odds(long completeWith, long complete, long lostWith, long lost) {

  /** 95 % of a normal distribution lie so many standard deviations around its mean. */
  private static final double QUANTILE = 1.959963984540054;

  /**
   * How many times higher the odds of completing are with the factor. A half is added to each count
   * (Haldane 1956, Anscombe 1956), so that nothing is divided by nought.
   */
  public double ratio() {
    return Math.exp(log());
  }

  /** Lower end of the interval that holds the true ratio in 95 of 100 cases (Gart 1966). */
  public double low() {
    return Math.exp(log() - QUANTILE * error());
  }

  /** Upper end of the interval. */
  public double high() {
    return Math.exp(log() + QUANTILE * error());
  }

  /** How far the interval lies from a ratio of 1, as a logarithm; negative where it contains 1. */
  double clearness() {
    return Math.abs(log()) - QUANTILE * error();
  }

  private double log() {
    return Math.log(half(completeWith))
        - Math.log(half(complete - completeWith))
        - Math.log(half(lostWith))
        + Math.log(half(lost - lostWith));
  }

  private double error() {
    return Math.sqrt(
        1 / half(completeWith)
            + 1 / half(complete - completeWith)
            + 1 / half(lostWith)
            + 1 / half(lost - lostWith));
  }

  private static double half(long count) {
    return count + 0.5;
  }
}
