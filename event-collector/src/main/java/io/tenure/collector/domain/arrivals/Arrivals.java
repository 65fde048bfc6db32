package io.tenure.collector.domain.arrivals;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What all collectors share about watching: the watched ids and what arrived of them. */
public interface Arrivals {

  /**
   * Watches an id until a time.
   *
   * @throws io.tenure.platform.failure.Failure RESOURCE_EXHAUSTED when too many are watched
   */
  void watch(WatchedId id, Instant now, Instant until);

  /** The watched ids and when each watch ends. */
  Map<WatchedId, Instant> watched(Instant now);

  /** Adds a record; only the last ones are kept, for a while. */
  void add(WatchedId id, ArrivedRecord record);

  /**
   * What arrived, oldest first.
   *
   * @param after only what came after this place; empty for all
   */
  List<Arrived> list(WatchedId id, String after);

  /** A record and its place. */
  record Arrived(String cursor, ArrivedRecord record) {}
}
