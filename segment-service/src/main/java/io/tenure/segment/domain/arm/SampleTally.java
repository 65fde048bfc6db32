package io.tenure.segment.domain.arm;

import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.Moments;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sample.QuantileSample;
import io.tenure.statistics.sample.RatioSample;
import io.tenure.statistics.sample.Sample;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Adds up what units of one arm did. */
abstract sealed class SampleTally {

  /** A tally for a query's metric. */
  static SampleTally of(ArmQuery query, ArmMetric metric) {
    int dimensions = metric.components() * (query.hasCovariate() ? 2 : 1);
    return switch (metric.kind()) {
      case ArmMetric.Happened _, ArmMetric.Funnel _ when !query.hasCovariate() -> new Rate();
      case ArmMetric.Happened _, ArmMetric.Funnel _, ArmMetric.Sum _ -> new Mean(dimensions);
      case ArmMetric.Ratio _ -> new Quotient(dimensions);
      case ArmMetric.Quantile quantile -> new Middle(quantile.level());
    };
  }

  /** Adds a unit with its numbers. */
  abstract void add(double[] numbers, Unit unit);

  /** Adds the units of another tally for the same query. */
  abstract void add(SampleTally other);

  /** What they did; null where nothing can be said. */
  abstract @Nullable Sample sample();

  /** A share of units. */
  private static final class Rate extends SampleTally {
    private long successes;
    private long units;

    @Override
    void add(double[] numbers, Unit unit) {
      units++;
      successes += numbers[0] > 0 ? 1 : 0;
    }

    @Override
    void add(SampleTally other) {
      Rate rate = (Rate) other;
      units += rate.units;
      successes += rate.successes;
    }

    @Override
    Sample sample() {
      return new ProportionSample(successes, units);
    }
  }

  /** Sums of vectors. */
  private abstract static sealed class Vectors extends SampleTally {
    private final MomentsBuilder builder;
    private Moments joined;

    Vectors(int dimensions) {
      builder = new MomentsBuilder(dimensions);
      joined = Moments.empty(dimensions);
    }

    @Override
    void add(double[] numbers, Unit unit) {
      builder.add(numbers);
    }

    @Override
    void add(SampleTally other) {
      joined = joined.merge(((Vectors) other).moments());
    }

    Moments moments() {
      return builder.build().merge(joined);
    }
  }

  /** An average over units. */
  private static final class Mean extends Vectors {
    Mean(int dimensions) {
      super(dimensions);
    }

    @Override
    Sample sample() {
      return new MeanSample(moments());
    }
  }

  /** One sum by another. */
  private static final class Quotient extends Vectors {
    Quotient(int dimensions) {
      super(dimensions);
    }

    @Override
    Sample sample() {
      return new RatioSample(moments());
    }
  }

  /** A quantile of values, which come in clusters: those of one unit. */
  private static final class Middle extends SampleTally {
    private final double level;
    private double[] values = new double[16];
    private int[] ends = new int[16];
    private int valueCount;
    private int unitCount;

    Middle(double level) {
      this.level = level;
    }

    @Override
    void add(double[] numbers, Unit unit) {
      add(unit.values());
    }

    @Override
    void add(SampleTally other) {
      Middle middle = (Middle) other;
      for (int unit = 0, from = 0; unit < middle.unitCount; from = middle.ends[unit++]) {
        add(Arrays.copyOfRange(middle.values, from, middle.ends[unit]));
      }
    }

    private void add(double[] cluster) {
      int needed = valueCount + cluster.length;
      if (needed > values.length) {
        values = Arrays.copyOf(values, Math.max(needed, 2 * values.length));
      }
      if (unitCount == ends.length) {
        ends = Arrays.copyOf(ends, 2 * unitCount);
      }
      System.arraycopy(cluster, 0, values, valueCount, cluster.length);
      valueCount = needed;
      ends[unitCount++] = valueCount;
    }

    @Override
    @Nullable Sample sample() {
      if (valueCount == 0) {
        return null;
      }
      double[] sorted = Arrays.copyOf(values, valueCount);
      Arrays.sort(sorted);
      QuantileSample plain = QuantileSample.ofSorted(sorted, level);
      double inflation = inflation(plain.value());
      return new QuantileSample(
          plain.units(),
          level,
          plain.value(),
          plain.low(),
          plain.high(),
          plain.boundUnits(),
          inflation);
    }

    /** How much clusters inflate the variance; 1 where that can't be told. */
    private double inflation(double quantile) {
      MomentsBuilder below = new MomentsBuilder(2);
      DoublePredicate isBelow = value -> value <= quantile;
      for (int unit = 0, from = 0; unit < unitCount; from = ends[unit++]) {
        long under = Arrays.stream(values, from, ends[unit]).filter(isBelow).count();
        below.add(under, ends[unit] - (double) from);
      }
      RatioSample sample = new RatioSample(below.build());
      double inflation =
          sample.obstacle().isPresent() ? Double.NaN : QuantileSample.inflation(sample);
      return inflation > 0 && Double.isFinite(inflation) ? inflation : 1;
    }
  }
}
