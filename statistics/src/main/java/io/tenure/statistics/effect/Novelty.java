package io.tenure.statistics.effect;

import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.Obstacle;
import java.util.List;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Whether an effect fades or grows with the days since a unit first saw its variant: the slope of
 * the daily effects by generalised least squares (Aitken 1936). The same units are in several days,
 * so days are not independent; leaving that out would find novelty where there is none.
 */
public final class Novelty {

  private static final double ASYMMETRY = 1e-9;
  private static final double LEAST_PIVOT = 1e-12;

  private Novelty() {}

  /**
   * The trend of the absolute effect a day, of units that were followed for all days.
   *
   * @param treatment one component a day since exposure
   * @param control of the same days
   * @param days when each component was measured
   */
  public static Effect trend(
      Moments treatment, Moments control, double[] days, Alternative alternative, double alpha) {
    long units = Math.min(treatment.count(), control.count());
    if (units < 2) {
      return new Effect.Unavailable(new Obstacle.TooFewUnits(units, 2));
    }
    double[] effects = new double[days.length];
    double[][] covariance = new double[days.length][days.length];
    for (int i = 0; i < days.length; i++) {
      effects[i] = treatment.mean(i) - control.mean(i);
      for (int j = 0; j < days.length; j++) {
        covariance[i][j] =
            treatment.covariance(i, j) / treatment.count()
                + control.covariance(i, j) / control.count();
      }
    }
    return judged(
        slope(effects, covariance, days, treatment.count() + control.count()), alternative, alpha);
  }

  /**
   * The trend of effects that are of different units each, such as of cohorts.
   *
   * @param effects one for each time
   * @param times in any unit; the trend is per this unit
   */
  public static Effect trend(List<Comparison> effects, double[] times, Terms terms) {
    double[] values = new double[times.length];
    double[][] covariance = new double[times.length][times.length];
    long units = 0;
    for (int i = 0; i < times.length; i++) {
      switch (effects.get(i).on(terms.scale())) {
        case Scaled.Possible(Estimate estimate) -> {
          values[i] = estimate.value();
          covariance[i][i] = estimate.standardError() * estimate.standardError();
          units += estimate.units();
        }
        case Scaled.Impossible(Obstacle obstacle) -> {
          return new Effect.Unavailable(obstacle);
        }
      }
    }
    return judged(slope(values, covariance, times, units), terms.alternative(), terms.alpha());
  }

  private static Effect judged(Scaled slope, Alternative alternative, double alpha) {
    return switch (slope) {
      case Scaled.Possible(Estimate estimate) -> estimate.effect(alternative, alpha);
      case Scaled.Impossible(Obstacle obstacle) -> new Effect.Unavailable(obstacle);
    };
  }

  private static Scaled slope(double[] effects, double[][] covariance, double[] times, long units) {
    if (effects.length != times.length || times.length < 2) {
      throw new IllegalArgumentException("A trend has an effect for each of at least two times");
    }
    try {
      RealMatrix weights =
          new CholeskyDecomposition(
                  MatrixUtils.createRealMatrix(covariance), ASYMMETRY, least(covariance))
              .getSolver()
              .getInverse();
      RealVector x = new ArrayRealVector(times);
      RealVector ones = new ArrayRealVector(times.length, 1);
      RealVector weighted = weights.operate(ones);
      double centre = weighted.dotProduct(x) / weighted.dotProduct(ones);
      RealVector centred = x.mapSubtract(centre);
      RealVector pull = weights.operate(centred);
      double information = pull.dotProduct(centred);
      if (!(information > 0)) {
        return new Scaled.Impossible(new Obstacle.ZeroVariance());
      }
      return new Scaled.Possible(
          new Estimate(
              pull.dotProduct(new ArrayRealVector(effects)) / information,
              Math.sqrt(1 / information),
              Double.POSITIVE_INFINITY,
              units));
    } catch (MathIllegalArgumentException singular) {
      return new Scaled.Impossible(new Obstacle.ZeroVariance());
    }
  }

  private static double least(double[][] covariance) {
    double greatest = 0;
    for (int i = 0; i < covariance.length; i++) {
      greatest = Math.max(greatest, covariance[i][i]);
    }
    return greatest * LEAST_PIVOT;
  }
}
