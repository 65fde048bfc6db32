package io.tenure.statistics.bayes;

import io.tenure.statistics.effect.Scale;

/** What is believed of an effect before the experiment. */
public sealed interface Prior {

  /** Nothing: the data speak alone. */
  record Flat() implements Prior {}

  /**
   * A normal belief.
   *
   * @param mean of the effect
   * @param deviation of the effect; positive
   * @param scale both are on; a result on the other scale takes them there
   */
  record Gaussian(double mean, double deviation, Scale scale) implements Prior {

    /** Accepts a finite mean and a positive deviation. */
    public Gaussian {
      if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "A belief has a finite mean and a positive deviation: " + mean + ", " + deviation);
      }
    }
  }

  /** The usual proper belief: most changes move a metric by less than 30 %. */
  static Prior usual() {
    return new Gaussian(0, 0.3, Scale.RELATIVE);
  }
}
