package io.tenure.collector.domain.dialect;

import java.time.Duration;
import java.time.Instant;

/**
 * Corrects the times of a device whose clock is wrong, from what the device's clock said when it
 * sent the request: {@code time = time + (received - sent)}.
 */
final class ClockSkew {

  /** Less is the network, not the clock. */
  private static final Duration SMALLEST = Duration.ofSeconds(30);

  /** More is a request kept on the device for long, not the clock. */
  private static final Duration LARGEST = Duration.ofHours(24);

  private ClockSkew() {}

  /**
   * The corrected time. A retry carries the sending time of the first attempt, and the formula
   * would move the event by the time it waited; so its times stay.
   */
  static Instant corrected(Arrival arrival, Instant time, Instant sent) {
    if (arrival.retry()) {
      return time;
    }
    Duration skew = Duration.between(sent, arrival.time());
    boolean clockIsWrong =
        skew.abs().compareTo(SMALLEST) >= 0 && skew.abs().compareTo(LARGEST) <= 0;
    return clockIsWrong ? time.plus(skew) : time;
  }
}
