package io.tenure.collector.store.enrichment;

import io.tenure.collector.domain.enrichment.Device;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Remembers the agents met lately, at most twice its room: when the young half is full, it takes
 * the place of the old one, which is forgotten. What is asked for moves to the young half. Only
 * some agents are read at a time, and nobody waits: whoever sends a new agent with every request
 * must not keep the door busy.
 */
final class AgentCache {

  private record Halves(Map<String, Device> young, Map<String, Device> old) {}

  private final int room;
  private final Semaphore readings;
  private final Function<String, Device> source;
  private volatile Halves halves = new Halves(new ConcurrentHashMap<>(), Map.of());

  /**
   * Remembers what a source says.
   *
   * @param readings most agents read at a time; further new ones are not known
   */
  AgentCache(int room, int readings, Function<String, Device> source) {
    this.room = room;
    this.readings = new Semaphore(readings);
    this.source = source;
  }

  Device of(String agent) {
    Halves now = halves;
    Device known = now.young().get(agent);
    if (known != null) {
      return known;
    }
    Device older = now.old().get(agent);
    return older == null ? read(agent) : remember(agent, older);
  }

  private Device read(String agent) {
    if (!readings.tryAcquire()) {
      return Device.UNKNOWN;
    }
    try {
      return remember(agent, source.apply(agent));
    } finally {
      readings.release();
    }
  }

  /** How many there are. */
  int size() {
    return halves.young().size() + halves.old().size();
  }

  private synchronized Device remember(String agent, Device device) {
    if (halves.young().size() >= room) {
      halves = new Halves(new ConcurrentHashMap<>(), halves.young());
    }
    halves.young().put(agent, device);
    return device;
  }
}
