package io.tenure.segment.domain.arm;

import io.tenure.condition.domain.EventSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of each unit.
 *
 * @param kind how
 * @param from how long after its first exposure a unit's events begin to count
 * @param to how long after it they no longer do; null for never. Units that have not had that long
 *     are left out
 * @param capQuantile values above this quantile of all arms together are cut down to it; 1 for none
 * @param windowEnds ends of windows after the first exposure, of which it is told one by one in
 *     place of the whole time; empty for the whole time
 */
public record ArmMetric(
    Kind kind,
    Duration from,
    @Nullable Duration to,
    double capQuantile,
    List<Duration> windowEnds) {

  private static final int MOST_WINDOWS = 14;

  /** Accepts a time that begins before it ends, and a cap where there is something to cut. */
  public ArmMetric {
    windowEnds = List.copyOf(windowEnds);
    if (from.isNegative() || (to != null && to.compareTo(from) <= 0)) {
      throw new IllegalArgumentException("What counts must begin before it ends");
    }
    if (!(capQuantile >= 0.5 && capQuantile <= 1)) {
      throw new IllegalArgumentException("The cap's quantile must be 0.5 to 1");
    }
    if (capQuantile < 1 && !(kind instanceof Sum) && !(kind instanceof Ratio)) {
      throw new IllegalArgumentException("Only counts, sums and ratios have a cap");
    }
    if (!windowEnds.isEmpty()) {
      requireWindows(kind, from, to, windowEnds);
    }
  }

  /** A metric of the whole time. */
  public ArmMetric(Kind kind, Duration from, @Nullable Duration to, double capQuantile) {
    this(kind, from, to, capQuantile, List.of());
  }

  /** The same in windows. */
  public ArmMetric in(List<Duration> ends) {
    return new ArmMetric(kind, from, to, capQuantile, ends);
  }

  /** How a unit is measured. */
  public sealed interface Kind {
    /** The numbers it needs, each of events of its own. */
    List<Measure> measures();
  }

  /** Whether it did something. */
  public record Happened(EventSelector selector) implements Kind {
    @Override
    public List<Measure> measures() {
      return List.of(new Measure(selector, null));
    }
  }

  /** How often it did something, or the sum of a property. */
  public record Sum(Measure measure) implements Kind {
    @Override
    public List<Measure> measures() {
      return List.of(measure);
    }
  }

  /** One sum by another. */
  public record Ratio(Measure numerator, Measure denominator) implements Kind {
    @Override
    public List<Measure> measures() {
      return List.of(numerator, denominator);
    }
  }

  /**
   * Whether it did all steps in order.
   *
   * @param within longest time from the first step to the last
   */
  public record Funnel(List<EventSelector> steps, Duration within) implements Kind {
    /** Accepts 2 to 10 steps and some time. */
    public Funnel {
      steps = List.copyOf(steps);
      if (steps.size() < 2 || steps.size() > 10 || !within.isPositive()) {
        throw new IllegalArgumentException("A funnel has 2 to 10 steps and time to go them");
      }
    }

    @Override
    public List<Measure> measures() {
      return steps.stream().map(step -> new Measure(step, null)).toList();
    }
  }

  /**
   * A quantile of a property over all events of an arm.
   *
   * @param level which one
   */
  public record Quantile(Measure measure, double level) implements Kind {
    /** Accepts a property, and a level within (0, 1). */
    public Quantile {
      if (measure.property() == null || !(level > 0 && level < 1)) {
        throw new IllegalArgumentException("A quantile is of a property, above 0 and below 1");
      }
    }

    @Override
    public List<Measure> measures() {
      return List.of(measure);
    }
  }

  /** How long a unit must have been exposed to be counted. */
  Duration age() {
    return to == null ? Duration.ZERO : to;
  }

  /** Since when a unit is as old as it must be. Each of its users has windows of his own. */
  long since(Unit unit) {
    return windowEnds.isEmpty() ? unit.exposed() : unit.complete();
  }

  /** How long a unit must have been exposed for one of its numbers to be counted. */
  Duration age(int number) {
    return windowEnds.isEmpty() ? age() : windowEnds.get(number / width());
  }

  /** Numbers at a time: numerator and denominator, or one. */
  int width() {
    return kind instanceof Ratio ? 2 : 1;
  }

  /** Numbers of a unit: those of each window, the first one first. */
  int components() {
    return width() * Math.max(1, windowEnds.size());
  }

  /** The windows; one of the whole time where there are none. */
  List<Window> windows() {
    if (windowEnds.isEmpty()) {
      return List.of(new Window(from, to));
    }
    List<Window> windows = new ArrayList<>();
    Duration start = from;
    for (Duration end : windowEnds) {
      windows.add(new Window(start, end));
      start = end;
    }
    return windows;
  }

  /**
   * A time after the first exposure.
   *
   * @param to null for ever
   */
  record Window(Duration from, @Nullable Duration to) {}

  private static void requireWindows(
      Kind kind, Duration from, @Nullable Duration to, List<Duration> ends) {
    if (ends.size() > MOST_WINDOWS) {
      throw new IllegalArgumentException("There are at most " + MOST_WINDOWS + " windows");
    }
    if (kind instanceof Funnel || kind instanceof Quantile || !from.isZero() || to != null) {
      throw new IllegalArgumentException(
          "Only counts, sums, ratios and conversions without a window are told by windows");
    }
    Duration before = from;
    for (Duration end : ends) {
      if (end.compareTo(before) <= 0) {
        throw new IllegalArgumentException("Ends of windows ascend, and come after the exposure");
      }
      before = end;
    }
  }
}
