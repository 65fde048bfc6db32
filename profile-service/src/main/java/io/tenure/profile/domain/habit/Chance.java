package io.tenure.profile.domain.habit;

/** How probable it is that chance alone does at least as well as a pattern. */
final class Chance {

  private Chance() {}

  /**
   * At least so many successes in trials of different probabilities (Poisson binomial
   * distribution), exact by adding one trial after the other.
   *
   * @param from first trial taken
   */
  static double atLeast(int hits, double[] probabilities, int from) {
    int trials = probabilities.length - from;
    double[] distribution = new double[trials + 1];
    distribution[0] = 1;
    for (int trial = 0; trial < trials; trial++) {
      double p = probabilities[from + trial];
      for (int k = trial + 1; k > 0; k--) {
        distribution[k] = distribution[k] * (1 - p) + distribution[k - 1] * p;
      }
      distribution[0] *= 1 - p;
    }
    double sum = 0;
    for (int k = trials; k >= hits; k--) {
      sum += distribution[k];
    }
    return sum;
  }

  /** At least so many successes in trials of one probability (binomial distribution). */
  static double atLeast(int hits, int trials, double p) {
    if (hits <= 0 || p >= 1) {
      return 1;
    }
    if (hits > trials || p <= 0) {
      return 0;
    }
    double logarithm = hits * Math.log(p) + (trials - hits) * Math.log1p(-p);
    for (int i = 1; i <= hits; i++) {
      logarithm += Math.log((double) (trials - hits + i) / i);
    }
    double term = Math.exp(logarithm);
    double sum = 0;
    for (int k = hits; k <= trials; k++) {
      sum += term;
      term *= (double) (trials - k) / (k + 1) * p / (1 - p);
    }
    return Math.min(1, sum);
  }

  /**
   * That some of {@code marked} days, put at random on different days of a month, fall into a
   * stretch of it (hypergeometric distribution).
   */
  static double touches(int marked, int stretch, int month) {
    double misses = 1;
    for (int i = 0; i < marked; i++) {
      misses *= Math.max(0.0, month - stretch - i) / (month - i);
    }
    return 1 - misses;
  }
}
