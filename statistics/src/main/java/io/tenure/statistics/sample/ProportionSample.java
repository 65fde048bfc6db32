package io.tenure.statistics.sample;

import java.util.Optional;

/**
 * How many units did something: converted, came back, finished a funnel.
 *
 * @param successes units that did
 * @param units all units
 */
public record ProportionSample(long successes, long units) implements Sample {

  /** Accepts no more successes than units. */
  public ProportionSample {
    if (successes < 0 || successes > units) {
      throw new IllegalArgumentException(successes + " of " + units + " units is no proportion");
    }
  }

  @Override
  public Optional<Obstacle> obstacle() {
    return units < 2 ? Optional.of(new Obstacle.TooFewUnits(units, 2)) : Optional.empty();
  }

  @Override
  public ArmEstimate estimate() {
    Sample.requireEstimable(this);
    double rate = (double) successes / units;
    double variance = rate * ((double) (units - successes) / units) / units;
    return new ArmEstimate(rate, variance, units - 1.0, units);
  }

  /** The sample of the units of both. */
  public ProportionSample merge(ProportionSample other) {
    return new ProportionSample(
        Math.addExact(successes, other.successes), Math.addExact(units, other.units));
  }
}
