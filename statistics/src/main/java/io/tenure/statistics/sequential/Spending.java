package io.tenure.statistics.sequential;

import io.tenure.statistics.distribution.Normal;

/**
 * How much of a false-alarm budget may be spent by the time a share of the planned units is in (Lan
 * and DeMets, Biometrika 70, 1983). It decides when an experiment is bold: early or late.
 */
public sealed interface Spending {

  /**
   * What may be spent by a time.
   *
   * @param alpha the whole budget of one side
   * @param fraction of the planned units, within [0, 1]
   */
  double spent(double alpha, double fraction);

  /**
   * Spends alpha t^exponent; 2 is the usual choice, which keeps three quarters for the second half.
   */
  record Power(double exponent) implements Spending {

    /** Accepts positive exponents. */
    public Power {
      if (!(exponent > 0)) {
        throw new IllegalArgumentException("An exponent is positive: " + exponent);
      }
    }

    @Override
    public double spent(double alpha, double fraction) {
      return fraction >= 1 ? alpha : alpha * Math.pow(fraction, exponent);
    }
  }

  /**
   * Spends 2 - 2 Phi(z(alpha / 2) / sqrt(t)), next to nothing at first, so the last look costs
   * little more than a fixed test; the bounds are close to those of O'Brien and Fleming.
   */
  record ObrienFleming() implements Spending {

    @Override
    public double spent(double alpha, double fraction) {
      if (fraction >= 1) {
        return alpha;
      }
      return fraction <= 0
          ? 0
          : 2 * Normal.survival(Normal.upperQuantile(alpha / 2) / Math.sqrt(fraction));
    }
  }
}
