package io.tenure.statistics.distribution;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Gauss-Legendre points over an interval cut into equal panels. A panel two standard deviations
 * wide integrates a Gaussian bump with ten points to the last digits of a double.
 */
public final class Nodes {

  private static final int PER_PANEL = 10;
  private static final double[] POINTS = new double[PER_PANEL];
  private static final double[] WEIGHTS = new double[PER_PANEL];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(PER_PANEL, -1, 1);
    for (int i = 0; i < PER_PANEL; i++) {
      POINTS[i] = rule.getPoint(i);
      WEIGHTS[i] = rule.getWeight(i);
    }
  }

  private final double[] points;
  private final double[] weights;

  private Nodes(double[] points, double[] weights) {
    this.points = points;
    this.weights = weights;
  }

  /** Points over an interval, in panels no wider than the given width. */
  public static Nodes over(double low, double high, double panelWidth) {
    int panels = Math.max(1, (int) Math.ceil((high - low) / panelWidth));
    double[] points = new double[panels * PER_PANEL];
    double[] weights = new double[panels * PER_PANEL];
    double half = (high - low) / (2 * panels);
    for (int panel = 0; panel < panels; panel++) {
      double middle = low + (2 * panel + 1) * half;
      for (int i = 0; i < PER_PANEL; i++) {
        points[panel * PER_PANEL + i] = middle + half * POINTS[i];
        weights[panel * PER_PANEL + i] = half * WEIGHTS[i];
      }
    }
    return new Nodes(points, weights);
  }

  public int size() {
    return points.length;
  }

  public double point(int index) {
    return points[index];
  }

  public double weight(int index) {
    return weights[index];
  }

  public double integrate(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      sum += weights[i] * function.applyAsDouble(points[i]);
    }
    return sum;
  }
}
