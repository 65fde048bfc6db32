package io.tenure.statistics.simulation;

import java.util.random.RandomGenerator;

/** What units of a simulated experiment do; spread out, so that none of them flatters a design. */
public enum Distribution {
  /** As every textbook has it. */
  NORMAL(0, 1) {
    @Override
    double draw(RandomGenerator random) {
      return random.nextGaussian();
    }
  },
  /** A conversion of 5 %. */
  BERNOULLI(0.05, Math.sqrt(0.05 * 0.95)) {
    @Override
    double draw(RandomGenerator random) {
      return random.nextDouble() < 0.05 ? 1 : 0;
    }
  },
  /** Money: lognormal with sigma 1.5, whose greatest hundredth holds a fifth. */
  LOGNORMAL(Math.exp(1.125), Math.exp(1.125) * Math.sqrt(Math.expm1(2.25))) {
    @Override
    double draw(RandomGenerator random) {
      return Math.exp(1.5 * random.nextGaussian());
    }
  };

  private final double mean;
  private final double deviation;

  Distribution(double mean, double deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  public double mean() {
    return mean;
  }

  public double deviation() {
    return deviation;
  }

  abstract double draw(RandomGenerator random);
}
