package io.tenure.statistics.effect;

/**
 * A difference on one scale, before it is judged.
 *
 * @param value in the scale's unit
 * @param standardError of the value; positive
 * @param degreesOfFreedom of the standard error; infinite for a normal approximation
 * @param units of both arms behind it
 */
public record Estimate(double value, double standardError, double degreesOfFreedom, long units) {

  /** How many standard errors the value is from zero. */
  public double statistic() {
    return value / standardError;
  }

  /** Judges it as if it were the only look at the only question. */
  public Effect effect(Alternative alternative, double alpha) {
    double width = alternative.critical(alpha, degreesOfFreedom) * standardError;
    return new Effect.Estimated(
        value,
        standardError,
        degreesOfFreedom,
        alternative.interval(value, width),
        alternative.pValue(statistic(), degreesOfFreedom));
  }
}
