package io.tenure.statistics.effect;

import io.tenure.statistics.sample.LinearForm;
import java.util.Optional;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Least squares of one arm's metric on its covariates, from their covariances. Covariates are
 * standardised first, so that whether they are collinear does not hang on their units.
 */
record ArmRegression(
    LinearForm form, double[] slopes, double unexplained, RealMatrix inverse, double[] deviations) {

  private static final double ASYMMETRY = 1e-9;
  private static final double LEAST_PIVOT = 1e-10;

  /** Empty when units are too few or covariates are collinear. */
  static Optional<ArmRegression> of(LinearForm form) {
    int size = form.covariates();
    if (form.units() < size + 2L) {
      return Optional.empty();
    }
    double[] deviations = new double[size];
    for (int i = 0; i < size; i++) {
      deviations[i] = Math.sqrt(form.covariance(i + 1, i + 1));
      if (!(deviations[i] > 0)) {
        return Optional.empty();
      }
    }
    double[][] correlations = new double[size][size];
    double[] target = new double[size];
    for (int i = 0; i < size; i++) {
      target[i] = form.covariance(0, i + 1) / deviations[i];
      for (int j = 0; j < size; j++) {
        correlations[i][j] = form.covariance(i + 1, j + 1) / (deviations[i] * deviations[j]);
      }
    }
    try {
      RealMatrix inverse =
          new CholeskyDecomposition(
                  MatrixUtils.createRealMatrix(correlations), ASYMMETRY, LEAST_PIVOT)
              .getSolver()
              .getInverse();
      RealVector solution = inverse.operate(new ArrayRealVector(target));
      double unexplained =
          Math.max(0, form.covariance(0, 0) - solution.dotProduct(new ArrayRealVector(target)));
      double[] slopes = solution.toArray();
      for (int i = 0; i < size; i++) {
        slopes[i] /= deviations[i];
      }
      return Optional.of(new ArmRegression(form, slopes, unexplained, inverse, deviations));
    } catch (MathIllegalArgumentException collinear) {
      return Optional.empty();
    }
  }

  long units() {
    return form.units();
  }

  double degreesOfFreedom() {
    return units() - slopes.length - 1.0;
  }

  /** The metric expected where the covariates have the values of another form. */
  double value(LinearForm at) {
    double value = form.value(0);
    for (int i = 0; i < slopes.length; i++) {
      value += slopes[i] * (at.value(i + 1) - form.value(i + 1));
    }
    return value;
  }

  /** Variance of that expectation. */
  double variance(LinearForm at) {
    double[] distance = new double[slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      distance[i] = (at.value(i + 1) - form.value(i + 1)) / deviations[i];
    }
    RealVector vector = new ArrayRealVector(distance);
    double leverage = inverse.operate(vector).dotProduct(vector) / (units() - 1.0);
    return unexplained * (units() - 1.0) / degreesOfFreedom() * (1.0 / units() + leverage);
  }

  double rawValue() {
    return form.value(0);
  }

  double rawVariance() {
    return form.covariance(0, 0) / units();
  }

  /** Covariance of the adjusted and the raw value: what the regression leaves is in both. */
  double residual() {
    return unexplained * (units() - 1.0) / degreesOfFreedom() / units();
  }
}
