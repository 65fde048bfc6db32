package io.tenure.alert.domain.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the first to the longest wait, each
 * shortened at random by up to a half, so that receivers that were down are not met by everybody at
 * once.
 *
 * @param attempts attempts before giving up
 * @param first wait after the first attempt
 * @param longest longest wait
 */
public record Backoff(int attempts, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /** Refuses what could not work. */
  public Backoff {
    if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("A back-off needs an attempt and growing waits");
    }
  }

  /** Whether the attempt of this number was the last. */
  boolean endsWith(int attempt) {
    return attempt >= attempts;
  }

  /** The wait after the attempt of this number, from 1. */
  Duration after(int attempt, RandomGenerator random) {
    long factor = 1L << Math.min(attempt - 1, MOST_DOUBLINGS);
    long millis = Math.min(longest.toMillis(), Math.multiplyExact(first.toMillis(), factor));
    return Duration.ofMillis(Math.round(millis * (1 - random.nextDouble() / 2)));
  }
}
