package io.tenure.collector.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The event store, as far as it can forget people. */
public interface PersonStore {

  /** What there is of each, by erasure, then by table. */
  Map<String, Map<String, Long>> count(ProjectId project, List<Person> people);

  /** Offsets of their events that came from a log. */
  Set<Long> offsets(ProjectId project, List<Person> people, String logId);

  /** Erases what there is, each table once for all of them. */
  void erase(ProjectId project, List<Person> people);
}
