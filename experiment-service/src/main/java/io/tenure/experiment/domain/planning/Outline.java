package io.tenure.experiment.domain.planning;

import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.power.Design;
import io.tenure.statistics.power.Detection;
import io.tenure.statistics.power.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An experiment with a control and any number of treatments, each compared with the control.
 *
 * @param outcome what is known of the metric
 * @param scale effects are told on
 * @param detection how an effect is found
 * @param alternative what the test looks for
 * @param shares of the units, the control's first, of any sum
 * @param explained share of the variance that covariates take out
 */
public record Outline(
    Outcome outcome,
    Scale scale,
    Detection detection,
    Alternative alternative,
    List<Double> shares,
    double explained) {

  /** More units than there can be. */
  public static final long MOST_UNITS = 1_000_000_000_000_000L;

  /** Copies the list. */
  public Outline {
    shares = List.copyOf(shares);
  }

  /** A treatment's units beside the control's. */
  public record Arms(long treatment, long control) {}

  /** How likely a treatment's effect is found. */
  public record Power(Arms arms, double power) {}

  /** The least effects found in a treatment; empty where there is none or nobody looks. */
  public record Detectable(Arms arms, OptionalDouble increase, OptionalDouble decrease) {}

  /** Each arm's units, the control's first; too many of them are said to be so. */
  public sealed interface Size {

    record Units(List<Long> arms) implements Size {

      /** Copies the list. */
      public Units {
        arms = List.copyOf(arms);
      }

      public long total() {
        return arms.stream().mapToLong(Long::longValue).sum();
      }
    }

    record TooMany() implements Size {}
  }

  /** The power of each treatment's comparison with so many units in all arms together. */
  public List<Power> power(double effect, long units) {
    List<Power> powers = new ArrayList<>();
    for (int arm = 1; arm < shares.size(); arm++) {
      Arms arms = arms(arm, units);
      powers.add(new Power(arms, Math.clamp(design(arm).power(arms.control(), effect), 0, 1)));
    }
    return powers;
  }

  /** The units with which every treatment's effect is found with a probability. */
  public Size size(double effect, double power) {
    double control = 0;
    for (int arm = 1; arm < shares.size(); arm++) {
      control = Math.max(control, design(arm).controlUnits(effect, power));
    }
    List<Long> units = new ArrayList<>(List.of((long) control));
    double total = control;
    for (int arm = 1; arm < shares.size(); arm++) {
      double of = Math.max(2, Math.ceil(control * ratio(arm)));
      units.add((long) of);
      total += of;
    }
    return total > MOST_UNITS ? new Size.TooMany() : new Size.Units(units);
  }

  /** The least effects that are found with so many units in all arms together. */
  public List<Detectable> detectable(long units, double power) {
    List<Detectable> found = new ArrayList<>();
    for (int arm = 1; arm < shares.size(); arm++) {
      Arms arms = arms(arm, units);
      Design design = design(arm);
      found.add(
          new Detectable(
              arms,
              alternative == Alternative.LESS
                  ? OptionalDouble.empty()
                  : possible(design.detectableIncrease(arms.control(), power)),
              alternative == Alternative.GREATER
                  ? OptionalDouble.empty()
                  : possible(design.detectableDecrease(arms.control(), power))));
    }
    return found;
  }

  /** Units of all arms together when the control has so many. */
  public long total(long control) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    return (long) Math.min(MOST_UNITS, Math.floor(control * (sum / shares.getFirst())));
  }

  /** Whether a metric can have an effect at all: no rate leaves [0, 1]. */
  public static boolean isPossible(Outcome outcome, Scale scale, double effect) {
    return switch (outcome) {
      case Outcome.Mean _ -> true;
      case Outcome.Rate(double rate) -> {
        double other = scale == Scale.ABSOLUTE ? rate + effect : rate * (1 + effect);
        yield other >= 0 && other <= 1;
      }
    };
  }

  private OptionalDouble possible(OptionalDouble effect) {
    return effect.isPresent() && isPossible(outcome, scale, effect.getAsDouble())
        ? effect
        : OptionalDouble.empty();
  }

  private Arms arms(int arm, long units) {
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    return new Arms(
        Math.max(1, (long) Math.floor(units * (shares.get(arm) / sum))),
        Math.max(1, (long) Math.floor(units * (shares.getFirst() / sum))));
  }

  private Design design(int arm) {
    return new Design(outcome, scale, detection, ratio(arm), explained);
  }

  private double ratio(int arm) {
    return shares.get(arm) / shares.getFirst();
  }
}
