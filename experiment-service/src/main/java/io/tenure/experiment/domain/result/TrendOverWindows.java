package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.result.ArmSource.Window;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Novelty;
import io.tenure.statistics.sample.LinearForm;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trend of a treatment's relative effect over windows. It is relative because the control
 * changes with the days, too: everybody is there on the day of the exposure. Windows widen with
 * time as novelty wears off, so time is counted in doublings.
 *
 * @param comparison the slope on the absolute scale
 * @param windows it is over
 * @param units that have been exposed until the end of all of these
 */
record TrendOverWindows(Comparison comparison, int windows, long units) {

  /** Fewer units an arm and window say too little of how windows depend on each other. */
  private static final long LEAST_UNITS = 20;

  /** Means of windows with their covariances, of some units. */
  private record Vector(LinearForm form) {
    private double value(int window) {
      // The latest window comes first.
      return form.value(form.covariates() - window);
    }

    private double covariance(int first, int second) {
      return form.covariance(form.covariates() - first, form.covariates() - second);
    }

    private int size() {
      return form.covariates() + 1;
    }

    /** Each window multiplied by something. */
    private Moments scaled(DoubleUnaryOperator means, double[] factors) {
      int size = size();
      double[] sums = new double[size];
      double[] products = new double[size * (size + 1) / 2];
      for (int i = 0, at = 0; i < size; i++) {
        sums[i] = means.applyAsDouble(i) * form.units();
        for (int j = 0; j <= i; j++) {
          products[at++] = factors[i] * factors[j] * covariance(i, j) * (form.units() - 1);
        }
      }
      return Moments.ofCentred(form.units(), sums, products);
    }
  }

  /**
   * The trend over those first windows that together tell most: more windows reach further, and
   * fewer units have been exposed for so long. Which ones these are depends on the numbers of units
   * only.
   *
   * @param arm number of the treatment, from 1 on
   */
  static TrendOverWindows of(List<Window> windows, int arm, double alpha) {
    return IntStream.rangeClosed(2, windows.size())
        .mapToObj(count -> windows.subList(0, count))
        .filter(some -> units(some, arm) >= LEAST_UNITS * some.size())
        .sorted(
            Comparator.comparingDouble(
                (List<Window> some) -> -units(some, arm) * spread(times(some))))
        .map(some -> over(some, arm, alpha))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(
            () -> new TrendOverWindows(new Comparison.Incomparable(obstacle(windows, arm)), 0, 0));
  }

  private static Obstacle obstacle(List<Window> windows, int arm) {
    long units = windows.size() < 2 ? 0 : units(windows.subList(0, 2), arm);
    return units < 2 * LEAST_UNITS
        ? new Obstacle.TooFewUnits(units, 2 * LEAST_UNITS)
        : new Obstacle.ZeroBaseline();
  }

  /** Empty where the windows can't be compared. */
  private static Optional<TrendOverWindows> over(List<Window> windows, int arm, double alpha) {
    Vector treatment = vector(windows.getLast().arms().get(arm).sample());
    Vector control = vector(windows.getLast().arms().getFirst().sample());
    if (treatment == null || control == null) {
      return Optional.empty();
    }
    double[] ofTreatment = new double[windows.size()];
    double[] ofControl = new double[windows.size()];
    for (int window = 0; window < windows.size(); window++) {
      double base = control.value(window);
      ofTreatment[window] = 1 / Math.abs(base);
      // What a relative effect loses when the control grows, by the delta method.
      ofControl[window] = treatment.value(window) / (base * Math.abs(base));
      if (!Double.isFinite(ofTreatment[window]) || !Double.isFinite(ofControl[window])) {
        return Optional.empty();
      }
    }
    Effect effect =
        Novelty.trend(
            treatment.scaled(
                window -> treatment.value((int) window) * ofTreatment[(int) window], ofTreatment),
            control.scaled(window -> Math.signum(control.value((int) window)), ofControl),
            times(windows),
            Alternative.TWO_SIDED,
            alpha);
    return effect instanceof Effect.Estimated told
        ? Optional.of(
            new TrendOverWindows(
                Difference.of(
                    told.estimate(),
                    told.standardError() * told.standardError(),
                    told.degreesOfFreedom(),
                    treatment.form().units() + control.form().units(),
                    new Baseline(1, 0, 0)),
                windows.size(),
                treatment.form().units() + control.form().units()))
        : Optional.empty();
  }

  private static @Nullable Vector vector(@Nullable Sample sample) {
    return switch (sample) {
      case MeanSample mean when mean.obstacle().isEmpty() -> new Vector(mean.linearForm());
      case RatioSample ratio when ratio.obstacle().isEmpty() -> new Vector(ratio.linearForm());
      case null -> null;
      case MeanSample _, RatioSample _, ProportionSample _, QuantileSample _ -> null;
    };
  }

  /** Of the smaller arm. */
  private static long units(List<Window> windows, int arm) {
    return Math.min(
        windows.getLast().arms().get(arm).units(), windows.getLast().arms().getFirst().units());
  }

  /** The middle of each window, in doublings of days counted from 1. */
  private static double[] times(List<Window> windows) {
    return windows.stream()
        .mapToDouble(
            window -> Math.log(1 + (days(window.from()) + days(window.to())) / 2) / Math.log(2))
        .toArray();
  }

  private static double days(Duration duration) {
    return duration.toSeconds() / (double) Duration.ofDays(1).toSeconds();
  }

  private static double spread(double[] times) {
    double mean = IntStream.range(0, times.length).mapToDouble(i -> times[i]).average().orElse(0);
    double spread = 0;
    for (double time : times) {
      spread += (time - mean) * (time - mean);
    }
    return spread;
  }
}
