package io.tenure.statistics.effect;

import io.tenure.statistics.sample.AdjustableSample;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.Obstacle;
import java.util.Optional;

/**
 * Adjusts by any number of covariates: each arm has its own regression, and the arms are compared
 * where the covariates have their mean over both (Lin, Annals of Applied Statistics 7, 2013: the
 * regression with interactions, which never loses precision to the adjustment in large samples).
 *
 * <p>Only sums are at hand, so the variance is that of least squares within each arm, not the
 * sandwich; the uncertainty of the covariates' mean is added where the arms' slopes differ (Negi
 * and Wooldridge, Econometric Reviews 40, 2021).
 */
public final class RegressionAdjustment {

  private RegressionAdjustment() {}

  /** Compares two arms that have the same covariates, at least one. */
  public static <S extends AdjustableSample<S>> Comparison compare(S treatment, S control) {
    if (treatment.covariates() < 1) {
      throw new IllegalArgumentException("There is nothing to adjust by");
    }
    Optional<Obstacle> obstacle = treatment.obstacle().or(control::obstacle);
    if (obstacle.isPresent()) {
      return new Comparison.Incomparable(obstacle.get());
    }
    Optional<ArmRegression> t = ArmRegression.of(treatment.linearForm());
    Optional<ArmRegression> c = ArmRegression.of(control.linearForm());
    if (t.isEmpty() || c.isEmpty()) {
      long units = Math.min(treatment.units(), control.units());
      long needed = treatment.covariates() + 2L;
      return new Comparison.Incomparable(
          units < needed
              ? new Obstacle.TooFewUnits(units, needed)
              : new Obstacle.CollinearCovariates());
    }
    return compare(t.get(), c.get(), treatment.merge(control).linearForm());
  }

  private static Comparison compare(ArmRegression t, ArmRegression c, LinearForm pooled) {
    long units = t.units() + c.units();
    double first = t.variance(pooled);
    double second = c.variance(pooled);
    return Difference.of(
        t.value(pooled) - c.value(pooled),
        first + second + slopesVariance(t, c, pooled) / units,
        Welch.degreesOfFreedom(first, t.degreesOfFreedom(), second, c.degreesOfFreedom()),
        units,
        new Baseline(c.rawValue(), c.rawVariance(), slopesCovariance(t, c) / units - c.residual()));
  }

  /** Variance of one unit's part in what the pooled mean moves the difference by. */
  private static double slopesVariance(ArmRegression t, ArmRegression c, LinearForm pooled) {
    double sum = 0;
    for (int i = 0; i < t.slopes().length; i++) {
      for (int j = 0; j < t.slopes().length; j++) {
        sum +=
            (t.slopes()[i] - c.slopes()[i])
                * (t.slopes()[j] - c.slopes()[j])
                * pooled.covariance(i + 1, j + 1);
      }
    }
    return sum;
  }

  /** Covariance of that part with a control unit's value. */
  private static double slopesCovariance(ArmRegression t, ArmRegression c) {
    double sum = 0;
    for (int i = 0; i < t.slopes().length; i++) {
      sum += (t.slopes()[i] - c.slopes()[i]) * c.form().covariance(0, i + 1);
    }
    return sum;
  }
}
