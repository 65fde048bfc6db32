package io.tenure.statistics.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where units were lost, after an alarm (Fabijan et al., KDD 2019, section 5: look for the
 * segment). A cause hits some browser or some country; there the arms' shares differ from
 * elsewhere, so dimensions are ranked by the chi-square test of independence of value and arm.
 */
public final class Culprits {

  private Culprits() {}

  /**
   * One way to tell units apart.
   *
   * @param name of the dimension
   * @param values of the dimension with the units of each arm
   */
  public record Dimension(String name, List<Value> values) {}

  /** Units of each arm that have one value of a dimension. */
  public record Value(String name, long[] units) {

    /** Keeps the counts to itself. */
    public Value {
      units = units.clone();
    }

    @Override
    public long[] units() {
      return units.clone();
    }
  }

  /**
   * What a dimension has to do with the mismatch.
   *
   * @param dimension its name
   * @param statistic of independence of value and arm
   * @param degreesOfFreedom of the statistic
   * @param pValue of independence
   * @param values its values, the worst first, each checked by itself
   */
  public record Suspect(
      String dimension,
      double statistic,
      int degreesOfFreedom,
      double pValue,
      List<SuspectValue> values) {}

  /** One value's own sample ratio. */
  public record SuspectValue(String value, SampleRatio ratio) {}

  /** Dimensions by how much they have to do with a mismatch, the worst first. */
  public static List<Suspect> rank(List<Dimension> dimensions, double[] weights) {
    return dimensions.stream()
        .map(dimension -> suspect(dimension, weights))
        .sorted(
            Comparator.comparingDouble(Suspect::pValue)
                .thenComparing(
                    suspect -> suspect.statistic() / Math.max(1, suspect.degreesOfFreedom()),
                    Comparator.reverseOrder()))
        .toList();
  }

  private static Suspect suspect(Dimension dimension, double[] weights) {
    long[] arms = new long[weights.length];
    for (Value value : dimension.values()) {
      SampleRatio.require(value.units(), weights);
      for (int arm = 0; arm < arms.length; arm++) {
        arms[arm] += value.units()[arm];
      }
    }
    double total = LongStream.of(arms).sum();
    double statistic = 0;
    int rows = 0;
    for (Value value : dimension.values()) {
      double row = LongStream.of(value.units()).sum();
      rows += row > 0 ? 1 : 0;
      for (int arm = 0; arm < arms.length; arm++) {
        double expected = row * (arms[arm] / total);
        if (expected > 0) {
          statistic += (value.units()[arm] - expected) * (value.units()[arm] - expected) / expected;
        }
      }
    }
    int columns = (int) Arrays.stream(arms).filter(units -> units > 0).count();
    int degrees = Math.max(0, rows - 1) * Math.max(0, columns - 1);
    return new Suspect(
        dimension.name(),
        statistic,
        degrees,
        SampleRatio.survival(statistic, degrees),
        dimension.values().stream()
            .map(v -> new SuspectValue(v.name(), SampleRatio.check(v.units(), weights)))
            .sorted(
                Comparator.comparingDouble((SuspectValue v) -> v.ratio().pValue())
                    .thenComparing(v -> v.ratio().statistic(), Comparator.reverseOrder()))
            .toList());
  }
}
