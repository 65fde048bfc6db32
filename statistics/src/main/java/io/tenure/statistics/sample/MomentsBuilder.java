package io.tenure.statistics.sample;

/** Gathers {@link Moments} from single units. Not for use by several threads at once. */
public final class MomentsBuilder {

  private final double[] means;
  private final double[] products;
  private final double[] distances;
  private long count;

  public MomentsBuilder(int dimensions) {
    this.means = new double[Moments.positive(dimensions)];
    this.products = new double[Moments.packed(dimensions)];
    this.distances = new double[dimensions];
  }

  /** Takes one unit's values. */
  public MomentsBuilder add(double... values) {
    if (values.length != means.length) {
      throw new IllegalArgumentException(
          "A unit has " + means.length + " values, not " + values.length);
    }
    count++;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("A value must be a finite number: " + values[i]);
      }
      distances[i] = values[i] - means[i];
      means[i] += distances[i] / count;
    }
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j <= i; j++) {
        products[Moments.index(i, j)] += distances[i] * (values[j] - means[j]);
      }
    }
    return this;
  }

  public Moments build() {
    return new Moments(count, means.clone(), products.clone());
  }
}
