package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.platform.tenancy.ProjectId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A log's counters in memory, by project and name. A log writes the new values together with its
 * records and shows them here only afterwards.
 */
final class Tally {

  private static final String ACCEPTED = "accepted";
  private static final String DUPLICATE = "duplicate";
  private static final String DELIVERED = "delivered";
  private static final String APPLIED = "applied";
  private static final String WITHHELD = "withheld";
  private static final String QUARANTINED = "quarantined:";
  private static final String REFUSED = "refused:";

  private final ConcurrentNavigableMap<String, Long> values = new ConcurrentSkipListMap<>();

  /** Changes that are not written yet. */
  static final class Change {

    private final Map<String, Long> increments = new LinkedHashMap<>();

    void accepted(ProjectId project, long count) {
      add(project, ACCEPTED, count);
    }

    void duplicate(ProjectId project, long count) {
      add(project, DUPLICATE, count);
    }

    void quarantined(ProjectId project, QuarantineReason reason, long count) {
      add(project, QUARANTINED + reason, count);
    }

    void refused(ProjectId project, RefuseReason reason, long count) {
      add(project, REFUSED + reason, count);
    }

    void delivered(ProjectId project, long count) {
      add(project, DELIVERED, count);
    }

    void applied(ProjectId project, long count) {
      add(project, APPLIED, count);
    }

    void withheld(ProjectId project, long count) {
      add(project, WITHHELD, count);
    }

    private void add(ProjectId project, String name, long count) {
      if (count == 0) {
        return;
      }
      increments.merge(key(project, name), count, Long::sum);
    }
  }

  /** The values after a change, by key. */
  Map<String, Long> after(Change change) {
    Map<String, Long> result = new LinkedHashMap<>();
    change.increments.forEach(
        (key, increment) -> result.put(key, values.getOrDefault(key, 0L) + increment));
    return result;
  }

  /** Shows values that are written. */
  void set(Map<String, Long> written) {
    values.putAll(written);
  }

  Set<ProjectId> projects() {
    Set<ProjectId> projects = new LinkedHashSet<>();
    Map.@Nullable Entry<String, Long> entry = values.firstEntry();
    while (entry != null) {
      String project = entry.getKey().substring(0, entry.getKey().indexOf('/'));
      projects.add(new ProjectId(project));
      entry = values.higherEntry(project + '/' + Character.MAX_VALUE);
    }
    return projects;
  }

  LogCounts of(ProjectId project) {
    return new LogCounts(
        value(project, ACCEPTED),
        value(project, DUPLICATE),
        reasons(project, QUARANTINED),
        reasons(project, REFUSED),
        value(project, DELIVERED),
        value(project, APPLIED),
        value(project, WITHHELD));
  }

  private long value(ProjectId project, String name) {
    return values.getOrDefault(key(project, name), 0L);
  }

  private Map<String, Long> reasons(ProjectId project, String prefix) {
    String start = key(project, prefix);
    Map<String, Long> reasons = new LinkedHashMap<>();
    values
        .subMap(start, start + Character.MAX_VALUE)
        .forEach((key, value) -> reasons.put(key.substring(start.length()), value));
    return reasons;
  }

  private static String key(ProjectId project, String name) {
    return project.value() + '/' + name;
  }
}
