package io.tenure.segment.domain.tally;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts by key how often something happened and to how many users, user by user. Whether the user
 * at hand is among them is decided here only, so a number and the list of users behind it cannot
 * differ.
 *
 * @param <K> what is told apart
 */
public final class Counts<K> {

  private final Map<K, Count> counts = new HashMap<>();
  private long user;

  /** Goes on to the next user. */
  public void nextUser() {
    user++;
  }

  /** Something happened to the user at hand. */
  public void add(K key) {
    add(key, 1);
  }

  /** Something happened to the user at hand some times. */
  public void add(K key, long times) {
    Count count = counts.computeIfAbsent(key, _ -> new Count());
    count.times += times;
    if (count.lastUser != user) {
      count.lastUser = user;
      count.users++;
    }
  }

  /** Whether it happened to the user at hand. */
  public boolean has(K key) {
    Count count = counts.get(key);
    return count != null && count.lastUser == user;
  }

  /** How often it happened. */
  public long times(K key) {
    Count count = counts.get(key);
    return count == null ? 0 : count.times;
  }

  /** To how many users. */
  public long users(K key) {
    Count count = counts.get(key);
    return count == null ? 0 : count.users;
  }

  /** How much is told apart. */
  public int size() {
    return counts.size();
  }

  /** What happened, the most frequent first; what is equally frequent by the given order. */
  public List<K> keys(Comparator<? super K> order) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<K, Count>>comparingLong(entry -> -entry.getValue().times)
                .thenComparing(Map.Entry::getKey, order))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static final class Count {
    private long times;
    private long users;
    private long lastUser = -1;
  }
}
