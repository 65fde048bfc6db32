package io.tenure.profile.domain.consent;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.TraitRemoval;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes the computed traits of users who no longer agree to profiling. After a start everybody
 * who says no is looked at once, since the process before may have ended in between.
 */
public final class ProfilingEnd {

  private final ConsentBoard board;
  private final TraitRemoval removal;
  private final Map<ProjectId, Set<Long>> ended = new HashMap<>();

  /** The end of profiling for those the board knows to say no. */
  public ProfilingEnd(ConsentBoard board, TraitRemoval removal) {
    this.board = board;
    this.removal = removal;
  }

  /**
   * Ends what has to end now; users whose turn does not come are tried again.
   *
   * @throws io.tenure.platform.failure.Failure when a store is away
   */
  public synchronized void run() {
    for (ProjectId project : board.projects()) {
      List<Long> saying = board.withdrawn(project, Purpose.PROFILING);
      Set<Long> done = ended.computeIfAbsent(project, none -> new HashSet<>());
      // Who agrees again may withdraw again.
      done.retainAll(Set.copyOf(saying));
      List<Long> open = saying.stream().filter(user -> !done.contains(user)).toList();
      if (!open.isEmpty() && removal.remove(project, open)) {
        done.addAll(open);
      }
    }
  }
}
