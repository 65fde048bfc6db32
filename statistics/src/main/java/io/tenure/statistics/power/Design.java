package io.tenure.statistics.power;

import io.tenure.statistics.effect.Scale;
import java.util.OptionalDouble;

/**
 * What an experiment can find with how many units, before it starts or, with an {@link Outcome}
 * seen in the control arm, in the middle of it. With V(d) the variance of the difference for one
 * control unit when the effect is d, and D the drift the design finds: n = D^2 V(d) / d^2 (Chow,
 * Shao and Wang, Sample Size Calculations in Clinical Research, 2008, section 3.2).
 *
 * @param outcome what is measured
 * @param scale effects are told on
 * @param detection how the effect is found
 * @param treatmentPerControl units in the treatment arm for each in the control arm
 * @param explained share of the variance that covariates take out, rho^2 of CUPED
 */
public record Design(
    Outcome outcome,
    Scale scale,
    Detection detection,
    double treatmentPerControl,
    double explained) {

  /** Accepts arms that get units and covariates that don't explain everything. */
  public Design {
    if (!(treatmentPerControl > 0) || !(explained >= 0 && explained < 1)) {
      throw new IllegalArgumentException("Both arms get units and something stays unexplained");
    }
  }

  /** Arms of equal size without covariates. */
  public static Design equalArms(Outcome outcome, Scale scale, Detection detection) {
    return new Design(outcome, scale, detection, 1, 0);
  }

  /** Probability to find an effect with so many units in the control arm. */
  public double power(double controlUnits, double effect) {
    return detection.power(Math.abs(effect) / Math.sqrt(curve().at(effect) / controlUnits));
  }

  /** Units the control arm needs to find an effect with a probability. */
  public long controlUnits(double effect, double power) {
    if (effect == 0 || !(power > 0 && power < 1)) {
      throw new IllegalArgumentException("No number of units finds an effect of " + effect);
    }
    double variance = curve().at(effect);
    if (!(variance > 0)) {
      throw new IllegalArgumentException("No rate has an effect of " + effect);
    }
    double drift = detection.drift(power);
    return Math.max(2, (long) Math.ceil(drift * drift * variance / (effect * effect)));
  }

  /** Units of both arms together for so many in the control arm. */
  public long totalUnits(long controlUnits) {
    return controlUnits + (long) Math.ceil(controlUnits * treatmentPerControl);
  }

  /**
   * The least increase found with a probability: the positive root of d^2 = D^2 V(d) / n. Empty
   * when even the greatest increase would drown in the uncertainty it brings along.
   */
  public OptionalDouble detectableIncrease(double controlUnits, double power) {
    return root(controlUnits, power, 1);
  }

  /** The least decrease found with a probability, as a negative number. */
  public OptionalDouble detectableDecrease(double controlUnits, double power) {
    OptionalDouble size = root(controlUnits, power, -1);
    return size.isPresent() ? OptionalDouble.of(-size.getAsDouble()) : size;
  }

  private OptionalDouble root(double controlUnits, double power, int sign) {
    double drift = detection.drift(power);
    double part = drift * drift / controlUnits;
    Outcome.Curve curve = curve();
    double a = 1 - part * curve.square();
    double b = -part * curve.linear() * sign;
    double c = -part * curve.constant();
    if (a <= 0) {
      return OptionalDouble.empty();
    }
    double discriminant = Math.sqrt(b * b - 4 * a * c);
    // The form without cancellation for either sign of b.
    double size = b > 0 ? -2 * c / (b + discriminant) : (discriminant - b) / (2 * a);
    return OptionalDouble.of(size);
  }

  private Outcome.Curve curve() {
    return outcome.curve(scale, treatmentPerControl, explained);
  }
}
