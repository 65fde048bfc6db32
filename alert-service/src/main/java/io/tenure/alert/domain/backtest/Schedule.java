package io.tenure.alert.domain.backtest;

import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The instants a back-test looks at: from the start by equal steps, none so late that its outcome
 * is unknown.
 */
final class Schedule {

  static final int MOST_INSTANTS = 400;

  private Schedule() {}

  /**
   * The instants, oldest first.
   *
   * @param end where knowledge ends
   * @throws Failure INVALID_ARGUMENT when there is no instant or there are too many
   */
  static List<Instant> instants(Instant start, Instant end, Duration step, Duration outcome) {
    if (step.isNegative() || step.isZero()) {
      throw Failure.invalid("step", "must be longer than nothing");
    }
    Instant last = end.minus(outcome);
    if (start.isAfter(last)) {
      throw Failure.invalid("start_time", "no outcome is known yet; it must lie before " + last);
    }
    if (Duration.between(start, last).dividedBy(step) >= MOST_INSTANTS) {
      throw Failure.invalid(
          "step", "makes more than " + MOST_INSTANTS + " instants; take a longer one");
    }
    List<Instant> instants = new ArrayList<>();
    for (Instant instant = start; !instant.isAfter(last); instant = instant.plus(step)) {
      instants.add(instant);
    }
    return instants;
  }
}
