package io.tenure.segment.domain.arm;

import java.util.Arrays;

/** One unit: when it was exposed first, to which arm, and what it did by each look. */
final class Unit {

  /** It never saw another arm. */
  static final long NEVER = Long.MAX_VALUE;

  private final double[][] sums;
  private final double[] before;
  private double[] values = new double[0];
  private int valueCount;
  private long exposed;
  private long complete;
  private String arm;
  private String value;
  private long mixed;

  /**
   * @param arm as a journey writes it
   * @param value what tells it apart from others, as a journey writes it
   * @param mixed when it first saw another arm
   */
  Unit(int looks, int components, long exposed, String arm, String value, long mixed) {
    this.sums = new double[looks][components];
    this.before = new double[components];
    this.exposed = exposed;
    this.complete = exposed;
    this.arm = arm;
    this.value = value;
    this.mixed = mixed;
  }

  long exposed() {
    return exposed;
  }

  /** When the last of its users was exposed; windows of all of them begin by then. */
  long complete() {
    return complete;
  }

  String arm() {
    return arm;
  }

  String value() {
    return value;
  }

  long mixed() {
    return mixed;
  }

  /** The same unit, told apart by something else. */
  void tell(String other) {
    value = other;
  }

  /** It did something between two looks. */
  void add(int look, int component, double amount) {
    sums[look][component] += amount;
  }

  /** It did something before it was exposed. */
  void addBefore(int component, double amount) {
    before[component] += amount;
  }

  /** One of the values that a quantile is of. */
  void addValue(double amount) {
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, Math.max(4, 2 * valueCount));
    }
    values[valueCount++] = amount;
  }

  /** All values that a quantile is of. */
  double[] values() {
    return Arrays.copyOf(values, valueCount);
  }

  /**
   * Its numbers at each look: what it did since it was exposed, then what it did before.
   *
   * @param covariate whether what it did before comes along
   */
  double[][] numbers(boolean covariate) {
    int components = before.length;
    double[][] numbers = new double[sums.length][components * (covariate ? 2 : 1)];
    double[] sum = new double[components];
    for (int look = 0; look < sums.length; look++) {
      for (int component = 0; component < components; component++) {
        sum[component] += sums[look][component];
      }
      System.arraycopy(sum, 0, numbers[look], 0, components);
      if (covariate) {
        System.arraycopy(before, 0, numbers[look], components, components);
      }
    }
    return numbers;
  }

  /** What another user of the same unit did. */
  void join(Unit other) {
    if (!other.arm.equals(arm)) {
      mixed = Math.min(mixed, Math.max(exposed, other.exposed));
    }
    mixed = Math.min(mixed, other.mixed);
    complete = Math.max(complete, other.complete);
    if (other.exposed < exposed || (other.exposed == exposed && other.arm.compareTo(arm) < 0)) {
      exposed = other.exposed;
      arm = other.arm;
      value = other.value;
    }
    for (int component = 0; component < before.length; component++) {
      before[component] += other.before[component];
      for (int look = 0; look < sums.length; look++) {
        sums[look][component] += other.sums[look][component];
      }
    }
    for (double amount : other.values()) {
      addValue(amount);
    }
  }
}
