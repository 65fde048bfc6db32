package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges written down as plainly as possible: whose each id is, what number each record got when it
 * first came, and who leads to whom.
 */
final class MergeModel {

  private final Map<String, Long> logins = new TreeMap<>();
  private final Map<String, Long> devices = new TreeMap<>();
  private final Map<String, Long> resolved = new HashMap<>();
  private final Map<String, Long> lost = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private final Map<String, Edge> merges = new LinkedHashMap<>();
  private final Map<Long, Long> parents = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private long last;

  /** One merge and the ids it moved. */
  private record Edge(long survivor, long absorbed, Set<String> logins, Set<String> devices) {}

  Map<String, Long> logins() {
    return logins;
  }

  Map<String, Long> devices() {
    return devices;
  }

  long users() {
    return last;
  }

  long resolve(String log, long offset, Identifiers ids) {
    @Nullable Long before = resolved.get(log + offset);
    if (before != null) {
      return before;
    }
    long user =
        ids.loginId().isEmpty()
            ? devices.computeIfAbsent(ids.anonymousId(), unknown -> ++last)
            : logins.computeIfAbsent(ids.loginId(), unknown -> ++last);
    resolved.put(log + offset, user);
    return user;
  }

  /**
   * The number a record must get.
   *
   * @param given the one it got; right, too, when the record had it before the hot store forgot it:
   *     merges and undoings make durable up to where ids were whose
   */
  long deliver(String log, long offset, Identifiers ids, long given) {
    String record = log + offset;
    @Nullable Long before = lost.remove(record);
    long user = resolve(log, offset, ids);
    if (before != null && before == given) {
      user = given;
      resolved.put(record, user);
    }
    delivered.add(record);
    return user;
  }

  /** Numbers and ids that were given and never became durable are forgotten with the hot store. */
  void forget() {
    Set<Long> kept = new HashSet<>();
    delivered.forEach(record -> kept.add(resolved.getOrDefault(record, 0L)));
    resolved.forEach(
        (record, user) -> {
          if (!delivered.contains(record) && known(user, kept)) {
            lost.put(record, user);
          }
        });
    resolved.keySet().retainAll(delivered);
    logins.values().removeIf(user -> !known(user, kept));
    devices.values().removeIf(user -> !known(user, kept));
    last = kept.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private boolean known(long user, Set<Long> kept) {
    return kept.contains(user) || parents.containsKey(user) || parents.containsValue(user);
  }

  long owner(String id) {
    return logins.getOrDefault(id, devices.getOrDefault(id, 0L));
  }

  Map<String, Long> owners(Map<String, Long> ids) {
    return new TreeMap<>(ids);
  }

  Set<String> idsOf(Map<String, Long> ids, long user) {
    Set<String> found = new TreeSet<>();
    ids.forEach(
        (id, owner) -> {
          if (owner == user) {
            found.add(id);
          }
        });
    return found;
  }

  void merge(String id, long survivor, long absorbed) {
    Edge edge = new Edge(survivor, absorbed, idsOf(logins, absorbed), idsOf(devices, absorbed));
    merges.put(id, edge);
    parents.put(absorbed, survivor);
    edge.logins().forEach(login -> logins.put(login, survivor));
    edge.devices().forEach(device -> devices.put(device, survivor));
  }

  boolean canUndo(String id) {
    @Nullable Edge edge = merges.get(id);
    return edge != null && !closed.contains(id) && !parents.containsKey(edge.survivor());
  }

  /** From now on the merge is for good. */
  void close(String id) {
    closed.add(id);
  }

  void undo(String id) {
    Edge edge = Objects.requireNonNull(merges.remove(id));
    parents.remove(edge.absorbed());
    edge.logins().forEach(login -> logins.put(login, edge.absorbed()));
    edge.devices().forEach(device -> devices.put(device, edge.absorbed()));
  }

  long root(long number) {
    long at = number;
    while (parents.containsKey(at)) {
      at = parents.get(at);
    }
    return at;
  }

  Set<Long> numbers(long root) {
    Set<Long> found = new TreeSet<>();
    for (long number = 1; number <= last; number++) {
      if (root(number) == root) {
        found.add(number);
      }
    }
    return found;
  }

  /** Delivered events by the user they are about now. */
  Map<Long, Long> events() {
    Map<Long, Long> counts = new TreeMap<>();
    delivered.forEach(
        record -> counts.merge(root(resolved.getOrDefault(record, 0L)), 1L, Long::sum));
    return counts;
  }
}
