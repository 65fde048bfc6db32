package io.tenure.profile.domain.seal;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.seal.KeyWraps.Count;
import io.tenure.profile.domain.seal.KeyWraps.Rewrapped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the users' keys under the active master key, so that a former one can be taken away. Only
 * the keys are sealed anew: their values stay as they are, and nobody waits for it.
 */
public final class KeyRotation {

  private final KeyWraps wraps;
  private final int batch;

  /**
   * Rotation of the given keys.
   *
   * @param batch keys sealed anew at a time
   */
  public KeyRotation(KeyWraps wraps, int batch) {
    this.wraps = wraps;
    this.batch = batch;
  }

  /** Seals anew what another master key seals. Repeating it is harmless, also at the same time. */
  public int run() {
    if (wraps.active().isEmpty()) {
      return 0;
    }
    int done = 0;
    Rewrapped last;
    do {
      last = wraps.rewrap(batch);
      done += last.done();
    } while (last.done() > 0);
    return done;
  }

  /**
   * How many keys of all projects each master key seals; also the configured ones that seal none.
   */
  public Map<String, Long> wraps() {
    return sum(wraps.counts());
  }

  /** How far a project is. */
  public State state(ProjectId project) {
    List<Count> counts = wraps.counts();
    Map<String, Long> all = sum(counts);
    return new State(
        wraps.active(),
        sum(counts.stream().filter(count -> count.project().equals(project)).toList()),
        wraps.configured().stream()
            .filter(master -> !master.equals(wraps.active()) && all.getOrDefault(master, 0L) == 0)
            .toList());
  }

  private Map<String, Long> sum(List<Count> counts) {
    Map<String, Long> sums = new TreeMap<>();
    wraps.configured().forEach(master -> sums.put(master, 0L));
    counts.forEach(count -> sums.merge(count.master(), count.keys(), Long::sum));
    return sums;
  }

  /**
   * Where the rotation stands.
   *
   * @param active the master key that seals; empty when nothing is sealed
   * @param wraps keys of the project's users by master key
   * @param removable configured master keys that seal no key of any project
   */
  public record State(String active, Map<String, Long> wraps, List<String> removable) {}
}
