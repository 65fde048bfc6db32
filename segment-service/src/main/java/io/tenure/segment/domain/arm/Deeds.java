package io.tenure.segment.domain.arm;

import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;

/** What one user did of what a metric measures. */
final class Deeds {

  /** Takes what counts. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param component which of the unit's numbers grows
     */
    void take(long millis, int component, double amount);
  }

  private final Journey journey;
  private final int[] texts;

  /**
   * @param texts places of the measures' properties; -1 for those that count
   */
  Deeds(Journey journey, int[] texts) {
    this.journey = journey;
    this.texts = texts;
  }

  /** Takes what counts of events in [from, to), in order of time. */
  void take(ArmMetric.Kind kind, long from, long to, Taker taker) {
    switch (kind) {
      case ArmMetric.Happened _ -> first(from, to, taker);
      case ArmMetric.Sum _, ArmMetric.Ratio _, ArmMetric.Quantile _ -> all(from, to, taker);
      case ArmMetric.Funnel(var steps, Duration within) ->
          finish(steps.size(), within.toMillis(), from, to, taker);
    }
  }

  private void first(long from, long to, Taker taker) {
    for (int event = journey.firstAfter(from - 1); isBefore(event, to); event++) {
      if (did(event, 0)) {
        taker.take(journey.time(event), 0, 1);
        return;
      }
    }
  }

  private void all(long from, long to, Taker taker) {
    for (int event = journey.firstAfter(from - 1); isBefore(event, to); event++) {
      for (int measure = 0; measure < texts.length; measure++) {
        if (did(event, measure)) {
          double amount = amount(event, measure);
          if (!Double.isNaN(amount)) {
            taker.take(journey.time(event), measure, amount);
          }
        }
      }
    }
  }

  /** For each step the latest start from which it was reached: a later one leaves more time. */
  private void finish(int steps, long within, long from, long to, Taker taker) {
    long[] starts = new long[steps];
    Arrays.fill(starts, Long.MIN_VALUE);
    for (int event = journey.firstAfter(from - 1); isBefore(event, to); event++) {
      long time = journey.time(event);
      for (int step = steps - 1; step > 0; step--) {
        if (did(event, step)
            && starts[step - 1] != Long.MIN_VALUE
            && time - starts[step - 1] <= within) {
          starts[step] = starts[step - 1];
        }
      }
      if (did(event, 0)) {
        starts[0] = time;
      }
      if (starts[steps - 1] != Long.MIN_VALUE) {
        taker.take(time, 0, 1);
        return;
      }
    }
  }

  private boolean isBefore(int event, long to) {
    return event < journey.size() && journey.time(event) < to;
  }

  private boolean did(int event, int measure) {
    return journey.is(event, ArmQuery.EXPOSURE << 1 << measure);
  }

  /** What an event adds; not a number where it has none. */
  private double amount(int event, int measure) {
    if (texts[measure] < 0) {
      return 1;
    }
    BigDecimal number = Amount.number(journey.value(texts[measure], event));
    return number == null ? Double.NaN : number.doubleValue();
  }
}
