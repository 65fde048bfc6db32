package io.tenure.statistics.balance;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The sample ratio watched from the first unit on, as often as one likes: a Dirichlet-multinomial
 * bet against the weights (Lindon and Malek, Anytime-Valid Inference for Multinomial Count Data,
 * NeurIPS 2022, section 3). Its evidence starts at 1 and, while the weights hold, reaches 1/p with
 * a probability of at most p, ever.
 */
public final class SampleRatioRun {

  /** The bet expects shares to be off by some half a percent, as real losses are. */
  public static final double USUAL_CONCENTRATION = 10_000;

  private static final double STIRLING_FROM = 15;

  private final double[] shares;
  private final double concentration;
  private final double greatest;

  private SampleRatioRun(double[] shares, double concentration, double greatest) {
    this.shares = shares;
    this.concentration = concentration;
    this.greatest = greatest;
  }

  /** Before the first unit. */
  public static SampleRatioRun start(double... weights) {
    return withConcentration(USUAL_CONCENTRATION, weights);
  }

  /**
   * Before the first unit.
   *
   * @param concentration how many units the bet's opinion weighs: greater looks for smaller shifts
   */
  public static SampleRatioRun withConcentration(double concentration, double... weights) {
    SampleRatio.require(new long[weights.length], weights);
    if (!(concentration > 0)) {
      throw new IllegalArgumentException("A concentration is positive: " + concentration);
    }
    double sum = DoubleStream.of(weights).sum();
    double[] shares = Arrays.stream(weights).map(weight -> weight / sum).toArray();
    return new SampleRatioRun(shares, concentration, 0);
  }

  /** After a look at all units so far. */
  public SampleRatioRun next(long... units) {
    SampleRatio.require(units, shares);
    return new SampleRatioRun(shares, concentration, Math.max(greatest, logEvidence(units)));
  }

  /** The least p-value of all looks; valid at every one of them. */
  public double pValue() {
    return Math.exp(-greatest);
  }

  public Severity severity() {
    return Severity.of(pValue());
  }

  /**
   * Logarithm of the evidence against the weights in these counts; infinite when they exclude it.
   */
  public double logEvidence(long... units) {
    long total = LongStream.of(units).sum();
    double log = -rising(concentration, total);
    for (int arm = 0; arm < units.length; arm++) {
      if (units[arm] > 0 && shares[arm] == 0) {
        return Double.POSITIVE_INFINITY;
      }
      if (units[arm] > 0) {
        double expected = (concentration + total) * shares[arm];
        log += rising(concentration * shares[arm], units[arm]);
        log += units[arm] * Math.log1p((units[arm] - total * shares[arm]) / expected);
      }
    }
    return log;
  }

  /**
   * log Gamma(a+n) - log Gamma(a), less n log(a+n) - n: those add up to the logarithms of {@link
   * #logEvidence}, which would lose the evidence to rounding were they of the size of n log n.
   */
  private static double rising(double a, double n) {
    return restOfLogGamma(a + n) - restOfLogGamma(a) + (a - 0.5) * Math.log1p(n / a);
  }

  /** log Gamma(x) less (x - 1/2) log x - x. */
  private static double restOfLogGamma(double x) {
    if (x < STIRLING_FROM) {
      return LogGamma.value(x) - (x - 0.5) * Math.log(x) + x;
    }
    double y = 1 / (x * x);
    double series =
        (1.0 / 12
                - y
                    * (1.0 / 360
                        - y
                            * (1.0 / 1260
                                - y
                                    * (1.0 / 1680
                                        - y * (1.0 / 1188 - y * (691.0 / 360360 - y / 156))))))
            / x;
    return 0.5 * Math.log(2 * Math.PI) + series;
  }
}
