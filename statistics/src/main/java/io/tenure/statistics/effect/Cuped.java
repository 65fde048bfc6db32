package io.tenure.statistics.effect;

import io.tenure.statistics.sample.AdjustableSample;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.Obstacle;
import java.util.List;
import java.util.Optional;

/**
 * Takes out of a metric what units already did before the experiment (Deng, Xu, Kohavi and Walker,
 * WSDM 2013, section 3): with Y' = Y - theta X the arms keep their difference and lose the share
 * rho^2 of its variance. One covariate, the same theta for all arms; for several see {@link
 * RegressionAdjustment}. Ratios are adjusted as linear forms, with the covariances of all four
 * sums.
 */
public final class Cuped {

  private Cuped() {}

  /** Compares two arms with the theta of both together. */
  public static <S extends AdjustableSample<S>> Comparison compare(S treatment, S control) {
    Optional<Obstacle> obstacle = treatment.obstacle().or(control::obstacle);
    return obstacle.isPresent()
        ? new Comparison.Incomparable(obstacle.get())
        : compare(treatment, control, theta(List.of(treatment, control)));
  }

  /** Compares two arms with a theta found from more of them. */
  public static <S extends AdjustableSample<S>> Comparison compare(
      S treatment, S control, double theta) {
    Optional<Obstacle> obstacle = treatment.obstacle().or(control::obstacle);
    if (obstacle.isPresent()) {
      return new Comparison.Incomparable(obstacle.get());
    }
    LinearForm t = treatment.linearForm();
    LinearForm c = control.linearForm();
    double first = adjustedVariance(t, theta) / t.units();
    double second = adjustedVariance(c, theta) / c.units();
    double raw = c.covariance(0, 0) / c.units();
    double shared = (c.covariance(0, 0) - theta * c.covariance(0, 1)) / c.units();
    return Difference.of(
        t.value(0) - c.value(0) - theta * (t.value(1) - c.value(1)),
        first + second,
        Welch.degreesOfFreedom(first, t.units() - 1.0, second, c.units() - 1.0),
        t.units() + c.units(),
        new Baseline(c.value(0), raw, -shared));
  }

  /** Slope of the metric on the covariate over all units of all arms; 0 when it says nothing. */
  public static <S extends AdjustableSample<S>> double theta(List<S> arms) {
    S merged = arms.stream().reduce(AdjustableSample::merge).orElseThrow();
    if (merged.covariates() != 1) {
      throw new IllegalArgumentException(
          "This adjusts by one covariate, not by " + merged.covariates());
    }
    LinearForm form = merged.linearForm();
    return form.covariance(1, 1) > 0 ? form.covariance(0, 1) / form.covariance(1, 1) : 0;
  }

  private static double adjustedVariance(LinearForm form, double theta) {
    return Math.max(
        0,
        form.covariance(0, 0)
            - 2 * theta * form.covariance(0, 1)
            + theta * theta * form.covariance(1, 1));
  }
}
