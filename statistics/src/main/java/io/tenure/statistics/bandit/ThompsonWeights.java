package io.tenure.statistics.bandit;

import io.tenure.statistics.distribution.Nodes;
import io.tenure.statistics.distribution.Normal;
import io.tenure.statistics.effect.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The share of traffic each arm gets: the probability that it is the best (Thompson, Biometrika 25,
 * 1933), from normal beliefs. Computed by quadrature and not by draws, so the same data give the
 * same traffic.
 *
 * <p>The integral over an arm's own value is a normal density times a product of distribution
 * functions, steep where another arm is known much better. Gauss-Hermite points, fixed by the
 * density alone, miss such steps (64 of them by 0.04 where the other arm is known fifty times
 * better); Gauss-Legendre panels that shrink around them do not.
 */
public final class ThompsonWeights {

  private static final double REACH = 12;
  private static final double WIDEST = 2;
  private static final double[] STEPS = {0, 1.5, 3, 4.5, 6, 8};

  private ThompsonWeights() {}

  /**
   * Probability of each arm to be the best.
   *
   * @param means of each arm's value
   * @param deviations of each arm's value; positive
   */
  public static double[] of(double[] means, double[] deviations, Direction direction) {
    require(means, deviations);
    double[] oriented = Arrays.stream(means).map(direction::orient).toArray();
    double[] weights = new double[means.length];
    for (int arm = 0; arm < means.length; arm++) {
      weights[arm] = probability(arm, oriented, deviations);
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /**
   * The same with a share no arm falls below, so that a bad first day is no sentence.
   *
   * @param floor least share; at most 1 over the number of arms
   */
  public static double[] of(
      double[] means, double[] deviations, Direction direction, double floor) {
    double spare = 1 - floor * means.length;
    if (!(floor >= 0) || spare < 0) {
      throw new IllegalArgumentException("No floor of " + floor + " for " + means.length + " arms");
    }
    return Arrays.stream(of(means, deviations, direction))
        .map(weight -> floor + spare * weight)
        .toArray();
  }

  private static double probability(int arm, double[] means, double[] deviations) {
    double[] edges = edges(arm, means, deviations);
    double sum = 0;
    for (int i = 1; i < edges.length; i++) {
      if (edges[i] > edges[i - 1]) {
        sum +=
            Nodes.over(edges[i - 1], edges[i], WIDEST)
                .integrate(t -> Normal.density(t) * others(arm, t, means, deviations));
      }
    }
    return sum;
  }

  /** Probability that all others are below this arm's value. */
  private static double others(int arm, double t, double[] means, double[] deviations) {
    double value = means[arm] + t * deviations[arm];
    double product = 1;
    for (int i = 0; i < means.length; i++) {
      if (i != arm) {
        product *= Normal.cumulative((value - means[i]) / deviations[i]);
      }
    }
    return product;
  }

  /** Where panels begin and end: close together where another arm's distribution rises. */
  private static double[] edges(int arm, double[] means, double[] deviations) {
    List<Double> edges = new ArrayList<>(List.of(-REACH, REACH));
    for (int i = 0; i < means.length; i++) {
      for (double step : STEPS) {
        for (int sign = -1; i != arm && sign <= 1; sign += 2) {
          double at = (means[i] + sign * step * deviations[i] - means[arm]) / deviations[arm];
          edges.add(Math.clamp(at, -REACH, REACH));
        }
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static void require(double[] means, double[] deviations) {
    if (means.length < 2 || means.length != deviations.length) {
      throw new IllegalArgumentException("At least two arms, each with a mean and a deviation");
    }
    if (!Arrays.stream(means).allMatch(Double::isFinite)
        || !Arrays.stream(deviations).allMatch(d -> d > 0 && d < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Means are finite and deviations positive");
    }
  }
}
