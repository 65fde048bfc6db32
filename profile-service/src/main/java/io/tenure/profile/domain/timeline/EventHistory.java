package io.tenure.profile.domain.timeline;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stored events. */
public interface EventHistory {

  /**
   * Reads events of some users, newest first.
   *
   * @param userNumbers as the events were stored under them
   * @param names only events of these names; empty for all
   * @param after only what comes after this place
   */
  List<PastEvent> read(
      ProjectId project,
      Collection<Long> userNumbers,
      Set<String> names,
      TimeSpan span,
      Optional<PastEvent.Place> after,
      int limit);
}
