package io.tenure.experiment.domain.metric;

import io.tenure.condition.domain.EventSelector;
import java.time.Duration;
import java.util.List;

/** What a metric measures of a unit. */
public sealed interface MetricKind {

  /** Whether it did something. */
  record Conversion(EventSelector selector) implements MetricKind {}

  /** How often it did something. */
  record Count(EventSelector selector) implements MetricKind {}

  /** The sum of a property. */
  record Sum(EventSelector selector, String property) implements MetricKind {}

  /** The sum over all units of one number by that of another. */
  record Ratio(Measure numerator, Measure denominator) implements MetricKind {}

  /** Whether it did something a time after its first exposure, in [from, to). */
  record Retention(EventSelector selector, Duration from, Duration to) implements MetricKind {}

  /** Whether it did all steps in order. */
  record Funnel(List<EventSelector> steps, Duration within) implements MetricKind {
    /** Copies the list. */
    public Funnel {
      steps = List.copyOf(steps);
    }
  }

  /** A quantile of a property over all events of an arm. */
  record Quantile(EventSelector selector, String property, double level) implements MetricKind {}

  /**
   * A number of one unit.
   *
   * @param selector which events
   * @param property what is summed; empty counts events
   */
  record Measure(EventSelector selector, String property) {}
}
