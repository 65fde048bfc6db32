package io.tenure.statistics.sample;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * Count, means and centred products of vectors, one vector a unit. Two of them merge into those of
 * both sets of units.
 *
 * <p>Products are kept around the mean (Welford 1962; Chan, Golub and LeVeque, The American
 * Statistician 37, 1983), because a raw sum of squares of money loses its variance to rounding when
 * the mean is much greater than the spread.
 */
public final class Moments {

  private static final double ROUNDING = 1e-9;

  private final long count;
  private final double[] means;
  private final double[] products;

  Moments(long count, double[] means, double[] products) {
    this.count = count;
    this.means = means;
    this.products = products;
  }

  /** Moments of no units. */
  public static Moments empty(int dimensions) {
    return new Moments(0, new double[positive(dimensions)], new double[packed(dimensions)]);
  }

  /** Moments of one value a unit, from what a database reports. */
  public static Moments of(long count, double mean, double variance) {
    requireCount(count);
    if (!Double.isFinite(mean) || !Double.isFinite(variance) || variance < 0) {
      throw new IllegalArgumentException(
          "A mean must be finite and a variance not negative: " + mean + ", " + variance);
    }
    return new Moments(
        count, new double[] {mean}, new double[] {variance * Math.max(0, count - 1)});
  }

  /**
   * Moments from raw sums.
   *
   * @param sums of each component
   * @param products sums of the products of components i and j at i(i+1)/2+j for j at most i
   */
  public static Moments ofSums(long count, double[] sums, double[] products) {
    requireSums(count, sums.length, products.length);
    double[] means = new double[sums.length];
    double[] centred = new double[products.length];
    for (int i = 0; i < sums.length && count > 0; i++) {
      means[i] = sums[i] / count;
      for (int j = 0; j <= i; j++) {
        centred[index(i, j)] = centred(products[index(i, j)], sums[i], sums[j], count);
      }
    }
    return valid(count, means, centred, products);
  }

  /**
   * Moments from sums and centred products, as databases report them: variances and covariances
   * times n-1. They keep their digits when the means are much greater than the spreads.
   *
   * @param sums of each component
   * @param centred sums of the products of components' distances from their means, i and j at
   *     i(i+1)/2+j for j at most i
   */
  public static Moments ofCentred(long count, double[] sums, double[] centred) {
    requireSums(count, sums.length, centred.length);
    double[] means = new double[sums.length];
    for (int i = 0; i < sums.length && count > 0; i++) {
      means[i] = sums[i] / count;
    }
    double[] products = count > 0 ? centred.clone() : new double[centred.length];
    return valid(count, means, products, centred);
  }

  /**
   * Moments from exact sums of whole numbers, such as money in minor units: nothing is rounded
   * before the last step, however large the sums.
   *
   * @param sums of each component
   * @param products sums of the products of components i and j at i(i+1)/2+j for j at most i
   */
  public static Moments ofExactSums(long count, BigInteger[] sums, BigInteger[] products) {
    requireSums(count, sums.length, products.length);
    BigInteger units = BigInteger.valueOf(count);
    double[] means = new double[sums.length];
    double[] centred = new double[products.length];
    for (int i = 0; i < sums.length && count > 0; i++) {
      means[i] = sums[i].doubleValue() / count;
      for (int j = 0; j <= i; j++) {
        BigInteger scaled = units.multiply(products[index(i, j)]);
        centred[index(i, j)] = scaled.subtract(sums[i].multiply(sums[j])).doubleValue() / count;
      }
    }
    return valid(
        count, means, centred, Arrays.stream(products).mapToDouble(p -> p.doubleValue()).toArray());
  }

  public long count() {
    return count;
  }

  public int dimensions() {
    return means.length;
  }

  /** Mean of a component; 0 when there are no units. */
  public double mean(int component) {
    return means[component];
  }

  /** Variance of a component with n-1 in the denominator; 0 below two units. */
  public double variance(int component) {
    return covariance(component, component);
  }

  /** Covariance of two components with n-1 in the denominator; 0 below two units. */
  public double covariance(int first, int second) {
    return count < 2 ? 0 : product(first, second) / (count - 1);
  }

  /** Sum of the products of two components' distances from their means. */
  public double product(int first, int second) {
    return products[index(Math.max(first, second), Math.min(first, second))];
  }

  /**
   * Moments of some of the components.
   *
   * @param from the first of them
   * @param to one past the last
   */
  public Moments part(int from, int to) {
    Objects.checkFromToIndex(from, to, dimensions());
    double[] some = new double[packed(positive(to - from))];
    for (int i = from; i < to; i++) {
      for (int j = from; j <= i; j++) {
        some[index(i - from, j - from)] = product(i, j);
      }
    }
    return new Moments(count, Arrays.copyOfRange(means, from, to), some);
  }

  /** Moments of the units of both. */
  public Moments merge(Moments other) {
    if (other.dimensions() != dimensions()) {
      throw new IllegalArgumentException(
          "Vectors of " + dimensions() + " and " + other.dimensions() + " values don't merge");
    }
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long total = Math.addExact(count, other.count);
    double share = (double) other.count / total;
    double[] mergedMeans = new double[means.length];
    double[] mergedProducts = new double[products.length];
    for (int i = 0; i < means.length; i++) {
      double distance = other.means[i] - means[i];
      mergedMeans[i] = means[i] + distance * share;
      for (int j = 0; j <= i; j++) {
        int at = index(i, j);
        mergedProducts[at] =
            products[at]
                + other.products[at]
                + distance * (other.means[j] - means[j]) * share * count;
      }
    }
    return new Moments(total, mergedMeans, mergedProducts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments moments
        && count == moments.count
        && Arrays.equals(means, moments.means)
        && Arrays.equals(products, moments.products);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(count) + Arrays.hashCode(means)) + Arrays.hashCode(products);
  }

  @Override
  public String toString() {
    return "Moments[count="
        + count
        + ", means="
        + Arrays.toString(means)
        + ", products="
        + Arrays.toString(products)
        + "]";
  }

  static int index(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  static int packed(int dimensions) {
    return dimensions * (dimensions + 1) / 2;
  }

  static int positive(int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("A vector has at least one value");
    }
    return dimensions;
  }

  private static void requireCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("A count is not negative: " + count);
    }
  }

  private static void requireSums(long count, int dimensions, int products) {
    requireCount(count);
    if (products != packed(positive(dimensions))) {
      throw new IllegalArgumentException(
          dimensions + " sums have " + packed(dimensions) + " products, not " + products);
    }
  }

  /** The sum of products less what the means explain, with the product of the sums exact. */
  private static double centred(double product, double first, double second, long count) {
    double high = first * second;
    double low = Math.fma(first, second, -high);
    double quotient = high / count;
    double rest = Math.fma(-quotient, count, high) + low;
    return product - quotient - rest / count;
  }

  private static Moments valid(long count, double[] means, double[] centred, double[] products) {
    for (int i = 0; i < means.length; i++) {
      double spread = centred[index(i, i)];
      if (!Double.isFinite(means[i]) || !Double.isFinite(spread)) {
        throw new IllegalArgumentException("Sums must be finite numbers");
      }
      if (spread < -ROUNDING * Math.abs(products[index(i, i)])) {
        throw new IllegalArgumentException("No values have these sums and squares");
      }
      centred[index(i, i)] = Math.max(0, spread);
    }
    return new Moments(count, means, centred);
  }
}
