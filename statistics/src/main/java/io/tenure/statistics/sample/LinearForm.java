package io.tenure.statistics.sample;

/**
 * A metric (component 0) and its covariates (the others) as means of one linear value a unit. Means
 * are that already; ratios become it by the delta method, R + (M - R D) / mean(D).
 */
public final class LinearForm {

  private final long units;
  private final double[] values;
  private final double[][] covariances;

  private LinearForm(long units, double[] values, double[][] covariances) {
    this.units = units;
    this.values = values;
    this.covariances = covariances;
  }

  static LinearForm ofMeans(Moments moments) {
    int size = moments.dimensions();
    double[] values = new double[size];
    double[][] covariances = new double[size][size];
    for (int i = 0; i < size; i++) {
      values[i] = moments.mean(i);
      for (int j = 0; j < size; j++) {
        covariances[i][j] = moments.covariance(i, j);
      }
    }
    return new LinearForm(moments.count(), values, covariances);
  }

  static LinearForm ofRatios(Moments moments) {
    int size = moments.dimensions() / 2;
    double[] values = new double[size];
    double[][] covariances = new double[size][size];
    for (int i = 0; i < size; i++) {
      values[i] = ratio(moments, i);
      for (int j = 0; j < size; j++) {
        covariances[i][j] = covariance(moments, i, j);
      }
    }
    return new LinearForm(moments.count(), values, covariances);
  }

  public long units() {
    return units;
  }

  /** How many covariates there are. */
  public int covariates() {
    return values.length - 1;
  }

  /** Value of the metric (0) or a covariate. */
  public double value(int component) {
    return values[component];
  }

  /** Covariance of one unit's linear values of two components. */
  public double covariance(int first, int second) {
    return covariances[first][second];
  }

  private static double covariance(Moments moments, int first, int second) {
    int m = 2 * first;
    int n = 2 * second;
    double r = ratio(moments, first);
    double s = ratio(moments, second);
    return (moments.covariance(m, n)
            - s * moments.covariance(m, n + 1)
            - r * moments.covariance(m + 1, n)
            + r * s * moments.covariance(m + 1, n + 1))
        / (moments.mean(m + 1) * moments.mean(n + 1));
  }

  private static double ratio(Moments moments, int index) {
    return moments.mean(2 * index) / moments.mean(2 * index + 1);
  }
}
