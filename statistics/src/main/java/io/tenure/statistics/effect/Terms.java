package io.tenure.statistics.effect;

/**
 * The terms on which a difference is judged.
 *
 * @param scale what it is measured in
 * @param alternative what the test looks for
 * @param alpha how often "no difference" may be rejected when it is true; the interval's level is 1
 *     - alpha
 */
public record Terms(Scale scale, Alternative alternative, double alpha) {

  /** Accepts an alpha between 0 and 1. */
  public Terms {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("Alpha lies between 0 and 1: " + alpha);
    }
  }

  public static Terms twoSided(Scale scale, double alpha) {
    return new Terms(scale, Alternative.TWO_SIDED, alpha);
  }

  public Terms withAlpha(double other) {
    return new Terms(scale, alternative, other);
  }
}
