package io.tenure.statistics.power;

import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.RatioSample;

/**
 * What is known of a metric before an effect on it is sought, or of the control arm in the middle
 * of a run.
 */
public sealed interface Outcome {

  /** The variance of the difference as a function of the effect, for one control unit. */
  Curve curve(Scale scale, double treatmentPerControl, double explained);

  /**
   * A mean whose variance an effect leaves as it is. Ratios are this too, with the variance of
   * their linear form.
   */
  record Mean(double mean, double variance) implements Outcome {

    /** Accepts a positive variance. */
    public Mean {
      if (!Double.isFinite(mean) || !(variance > 0)) {
        throw new IllegalArgumentException("A mean is finite and its variance positive");
      }
    }

    /** What a run has shown of the control arm. */
    public static Mean of(MeanSample control) {
      return of(control.linearForm());
    }

    /** What a run has shown of the control arm's ratio. */
    public static Mean of(RatioSample control) {
      return of(control.linearForm());
    }

    private static Mean of(LinearForm form) {
      return new Mean(form.value(0), form.covariance(0, 0));
    }

    @Override
    public Curve curve(Scale scale, double treatmentPerControl, double explained) {
      double left = variance * (1 - explained);
      return switch (scale) {
        case ABSOLUTE -> new Curve(left / treatmentPerControl + left, 0, 0);
        case RELATIVE -> {
          double unit = left / (mean * mean);
          yield new Curve(unit / treatmentPerControl + unit, 2 * Math.signum(mean) * unit, unit);
        }
      };
    }
  }

  /** A proportion; an effect changes the treatment's variance with its rate. */
  record Rate(double rate) implements Outcome {

    /** Accepts rates within (0, 1). */
    public Rate {
      if (!(rate > 0 && rate < 1)) {
        throw new IllegalArgumentException("A rate lies between 0 and 1: " + rate);
      }
    }

    @Override
    public Curve curve(Scale scale, double treatmentPerControl, double explained) {
      double left = 1 - explained;
      double spread = rate * (1 - rate);
      Curve absolute =
          new Curve(
              left * (spread / treatmentPerControl + spread),
              left * (1 - 2 * rate) / treatmentPerControl,
              -left / treatmentPerControl);
      return switch (scale) {
        case ABSOLUTE -> absolute;
        case RELATIVE -> {
          double odds = left * spread / (rate * rate);
          yield new Curve(
              absolute.constant() / (rate * rate),
              absolute.linear() / rate + 2 * odds,
              absolute.square() + odds);
        }
      };
    }
  }

  /** A variance as a polynomial of the effect. */
  record Curve(double constant, double linear, double square) {

    double at(double effect) {
      return constant + effect * (linear + effect * square);
    }
  }
}
