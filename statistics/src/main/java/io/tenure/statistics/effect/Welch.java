package io.tenure.statistics.effect;

import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import java.util.Optional;

/**
 * Compares independent arms whose variances may differ (Welch, Biometrika 34, 1947), with the
 * degrees of freedom of Satterthwaite (Biometrics Bulletin 2, 1946). It serves means, proportions,
 * ratios and quantiles alike, and clusters where they are the units.
 */
public final class Welch {

  private Welch() {}

  public static Comparison compare(Sample treatment, Sample control) {
    Optional<Obstacle> obstacle = treatment.obstacle().or(control::obstacle);
    return obstacle.isPresent()
        ? new Comparison.Incomparable(obstacle.get())
        : compare(treatment.estimate(), control.estimate());
  }

  /** Compares arms that were estimated otherwise, such as over periods. */
  public static Comparison compare(ArmEstimate treatment, ArmEstimate control) {
    return Difference.of(
        treatment.value() - control.value(),
        treatment.variance() + control.variance(),
        degreesOfFreedom(
            treatment.variance(),
            treatment.degreesOfFreedom(),
            control.variance(),
            control.degreesOfFreedom()),
        treatment.units() + control.units(),
        new Baseline(control.value(), control.variance(), -control.variance()));
  }

  static double degreesOfFreedom(double first, double firstDegrees, double second, double degrees) {
    double total = first + second;
    // Shares instead of squares of variances, which underflow for small ones.
    double share = first / total;
    double rest = second / total;
    return 1 / (share * share / firstDegrees + rest * rest / degrees);
  }
}
