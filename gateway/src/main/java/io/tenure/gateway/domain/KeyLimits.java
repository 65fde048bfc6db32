package io.tenure.gateway.domain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often one key may send: a token bucket for each key, so that one app out of control leaves
 * room for the others. Counts the requests of this gateway alone; with several of them a key gets
 * its limit at each.
 */
public final class KeyLimits {

  private static final double SECOND = 1e9;

  private final double perSecond;
  private final Map<String, Double> own;
  private final long burst;
  private final LongSupplier nanoseconds;

  /** By key: when its bucket will be full again, in nanoseconds (the "generic cell rate"). */
  private final Map<String, AtomicLong> full = new ConcurrentHashMap<>();

  /**
   * Limits.
   *
   * @param perSecond requests per second and key; 0 means no limit
   * @param own other limits of single keys, by the key's id
   * @param burst for how long a key may save up requests
   * @param nanoseconds a clock that never goes back
   */
  public KeyLimits(
      double perSecond, Map<String, Double> own, Duration burst, LongSupplier nanoseconds) {
    this.perSecond = perSecond;
    this.own = Map.copyOf(own);
    this.burst = burst.toNanos();
    this.nanoseconds = nanoseconds;
  }

  /** Takes one request of a key; when there is no room, says after what time there will be. */
  public Optional<Duration> take(String key) {
    double rate = own.getOrDefault(key, perSecond);
    if (rate <= 0) {
      return Optional.empty();
    }
    long cost = Math.max(1, Math.round(SECOND / rate));
    // A slow key must be able to send at all.
    long room = Math.max(burst, cost);
    long now = nanoseconds.getAsLong();
    AtomicLong bucket = full.computeIfAbsent(key, ignored -> new AtomicLong(now));
    while (true) {
      long before = bucket.get();
      long after = Math.max(before - now, 0) + cost;
      if (after > room) {
        return Optional.of(Duration.ofNanos(after - room));
      }
      if (bucket.compareAndSet(before, now + after)) {
        return Optional.empty();
      }
    }
  }
}
