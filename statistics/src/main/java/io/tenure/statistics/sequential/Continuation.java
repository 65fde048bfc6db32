package io.tenure.statistics.sequential;

import io.tenure.statistics.distribution.Nodes;
import io.tenure.statistics.distribution.Normal;

/**
 * Where a Brownian motion may be that has not crossed a bound yet: the recursion of Armitage,
 * McPherson and Rowe (Journal of the Royal Statistical Society A 132, 1969). Time is the share of
 * the planned units, so a look at time t sees a normal value of variance t.
 *
 * <p>The density after a look is smooth on the scale of the step before it and is multiplied by one
 * of the step after it, so the points are chosen when the next step is known. Probabilities are
 * sums of survival functions and never differences, which keeps them exact where a bound lies eight
 * standard errors out.
 */
final class Continuation {

  /** Beyond this many standard deviations a double has no density left. */
  private static final double FURTHEST = 38;

  /** A step of more deviations than this carries nothing a double could tell. */
  private static final double REACH = 13;

  private static final double PANEL = 2;
  private static final int STEPS = 100;

  private final boolean twoSided;
  private final double time;
  private final double low;
  private final double high;
  private final double step;
  private final double[] from;
  private final double[] mass;

  private Continuation(
      boolean twoSided,
      double time,
      double low,
      double high,
      double step,
      double[] from,
      double[] mass) {
    this.twoSided = twoSided;
    this.time = time;
    this.low = low;
    this.high = high;
    this.step = step;
    this.from = from;
    this.mass = mass;
  }

  static Continuation start(boolean twoSided) {
    return new Continuation(twoSided, 0, 0, 0, 0, new double[] {0}, new double[] {1});
  }

  double time() {
    return time;
  }

  /** The walk to a later time, before its bound is known. */
  Walk walk(double until) {
    double width = Math.sqrt(until - time);
    if (time == 0) {
      return new Walk(until, width, from, mass);
    }
    Nodes nodes = Nodes.over(low, high, PANEL * Math.min(width, step));
    double[] points = new double[nodes.size()];
    double[] masses = new double[nodes.size()];
    for (int i = 0; i < points.length; i++) {
      points[i] = nodes.point(i);
      masses[i] = nodes.weight(i) * density(points[i]);
    }
    return new Walk(until, width, points, masses);
  }

  /** Probability that no bound has been crossed when the drift is such at time 1. */
  double unstopped(double drift) {
    if (time == 0) {
      return 1;
    }
    Nodes nodes = Nodes.over(low, high, PANEL * Math.min(step, 1 / Math.max(1, Math.abs(drift))));
    return nodes.integrate(x -> density(x) * Math.exp(drift * x - 0.5 * drift * drift * time));
  }

  private double density(double x) {
    double sum = 0;
    for (int i = firstWithin(x - REACH * step); i < from.length; i++) {
      double z = (x - from[i]) / step;
      if (z < -REACH) {
        break;
      }
      sum += mass[i] * Math.exp(-0.5 * z * z);
    }
    return sum / (step * Math.sqrt(2 * Math.PI));
  }

  private int firstWithin(double least) {
    int low = 0;
    int high = from.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (from[middle] < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** One step of the walk: it knows how likely each bound is crossed. */
  final class Walk {

    private final double until;
    private final double width;
    private final double[] points;
    private final double[] masses;

    private Walk(double until, double width, double[] points, double[] masses) {
      this.until = until;
      this.width = width;
      this.points = points;
      this.masses = masses;
    }

    /** Probability to be beyond a bound (in standard errors) now and beyond none before. */
    double crossing(double bound) {
      double edge = bound * Math.sqrt(until);
      double sum = 0;
      for (int i = 0; i < points.length; i++) {
        double tails = Normal.survival((edge - points[i]) / width);
        if (twoSided) {
          tails += Normal.survival((edge + points[i]) / width);
        }
        sum += masses[i] * tails;
      }
      return sum;
    }

    /**
     * The bound that is crossed with a probability; infinite for none.
     *
     * <p>The logarithm of the probability is concave, so Newton's method comes down to it from the
     * right after at most one step and can't miss.
     */
    double bound(double probability) {
      if (!(probability > Double.MIN_NORMAL)) {
        return Double.POSITIVE_INFINITY;
      }
      double bound = Normal.upperQuantile(twoSided ? probability / 2 : probability);
      double target = Math.log(probability);
      for (int i = 0; i < STEPS; i++) {
        double crossing = crossing(bound);
        double next = bound + (Math.log(crossing) - target) * crossing / slope(bound);
        if (Double.isNaN(next)) {
          return bound;
        }
        double moved = Math.abs(next - bound);
        bound = next;
        if (moved <= 1e-14 * Math.max(1, Math.abs(bound))) {
          break;
        }
      }
      return bound;
    }

    /** What goes on behind a bound. */
    Continuation stopAt(double bound) {
      double deviation = Math.sqrt(until);
      double edge = Math.min(bound, FURTHEST) * deviation;
      return new Continuation(
          twoSided, until, twoSided ? -edge : -FURTHEST * deviation, edge, width, points, masses);
    }

    /** How fast the probability falls with the bound. */
    private double slope(double bound) {
      double deviation = Math.sqrt(until);
      double edge = bound * deviation;
      double sum = 0;
      for (int i = 0; i < points.length; i++) {
        double densities = Normal.density((edge - points[i]) / width);
        if (twoSided) {
          densities += Normal.density((edge + points[i]) / width);
        }
        sum += masses[i] * densities;
      }
      return sum * deviation / width;
    }
  }
}
