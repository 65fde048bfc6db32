package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.Looks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bounds of the plans in use. Finding them and their p-values costs up to seconds, and all
 * metrics and readers of an experiment ask for the same ones.
 */
public final class SharedLooks {

  private static final int MOST = 32;

  private record Key(GroupSequentialPlan plan, List<Long> units) {}

  private final Map<Key, List<Looks>> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Looks>> eldest) {
          return size() > MOST;
        }
      };

  /** The plan's looks after each of these numbers of units. */
  List<Looks> of(GroupSequentialPlan plan, List<Long> units) {
    Key key = new Key(plan, units);
    synchronized (known) {
      List<Looks> found = known.get(key);
      if (found != null) {
        return found;
      }
    }
    // Found outside the lock: two who ask at once both find them, and nobody else waits.
    List<Looks> found = new ArrayList<>();
    Looks latest = plan.start();
    for (long at : units) {
      latest = latest.next(at);
      found.add(latest);
    }
    synchronized (known) {
      List<Looks> others = known.putIfAbsent(key, List.copyOf(found));
      return others == null ? List.copyOf(found) : others;
    }
  }
}
