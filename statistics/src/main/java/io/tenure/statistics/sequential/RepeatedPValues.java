package io.tenure.statistics.sequential;

import io.tenure.statistics.distribution.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The least budget under which a look would have stopped an experiment, for any statistic: repeated
 * p-values (Jennison and Turnbull, Group Sequential Methods, 2000, section 9.2).
 *
 * <p>The bounds of a look are nearly a straight line in the normal quantile of the budget, so those
 * of some seventy budgets, found once for all metrics of an experiment, give every other by cubic
 * interpolation to five digits. Budgets above 0.96 count as 1 and those below 2e-19 as that.
 */
final class RepeatedPValues {

  /** Up to where quantiles lie closer: budgets near 1 bend the line. */
  private static final double BENT = 2;

  private static final double FINE = 0.05;
  private static final double COARSE = 0.25;
  private static final double GREATEST = 9;
  private static final int POINTS = 4;

  private final double[] quantiles;
  private final double[][] bounds;

  private RepeatedPValues(double[] quantiles, double[][] bounds) {
    this.quantiles = quantiles;
    this.bounds = bounds;
  }

  static RepeatedPValues of(GroupSequentialPlan plan, long[] units) {
    double[] quantiles =
        DoubleStream.iterate(FINE, q -> q <= GREATEST, q -> q + (q < BENT - 1e-9 ? FINE : COARSE))
            .toArray();
    List<Looks> budgets = new ArrayList<>();
    for (double quantile : quantiles) {
      budgets.add(plan.withAlpha(2 * Normal.survival(quantile)).looks(units));
    }
    double[][] bounds = new double[units.length][quantiles.length];
    for (int look = 0; look < units.length; look++) {
      for (int i = 0; i < quantiles.length; i++) {
        bounds[look][i] = budgets.get(i).bound(look);
      }
    }
    return new RepeatedPValues(quantiles, bounds);
  }

  /** The p-value of all looks' statistics together. */
  double pValue(double[] statistics) {
    double quantile = 0;
    for (int look = 0; look < statistics.length; look++) {
      quantile = Math.max(quantile, quantile(bounds[look], statistics[look]));
    }
    return Math.min(1, 2 * Normal.survival(quantile));
  }

  /** Normal quantile of the budget whose bound is the statistic. */
  private double quantile(double[] of, double statistic) {
    int finite = of.length;
    while (finite > 0 && Double.isInfinite(of[finite - 1])) {
      finite--;
    }
    if (finite == 0 || statistic < of[0]) {
      return 0;
    }
    if (statistic >= of[finite - 1]) {
      return quantiles[finite - 1];
    }
    int above = 1;
    while (of[above] <= statistic) {
      above++;
    }
    int from = Math.clamp(above - POINTS / 2, 0, Math.max(0, finite - POINTS));
    return interpolate(of, from, Math.min(POINTS, finite - from), statistic);
  }

  /** Lagrange's polynomial through some of the points. */
  private double interpolate(double[] of, int from, int points, double statistic) {
    double sum = 0;
    for (int i = from; i < from + points; i++) {
      double weight = quantiles[i];
      for (int j = from; j < from + points; j++) {
        if (j != i) {
          weight *= (statistic - of[j]) / (of[i] - of[j]);
        }
      }
      sum += weight;
    }
    return sum;
  }
}
