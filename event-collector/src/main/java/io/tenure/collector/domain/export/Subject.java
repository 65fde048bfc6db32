package io.tenure.collector.domain.export;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Somebody who asks what is kept about them.
 *
 * @param userNumbers all numbers of theirs
 * @param ids all ids of theirs
 * @param askTime what came later is not meant, so that the reading ends
 * @param hidden names of properties whose values nobody sees
 */
public record Subject(
    ProjectId project,
    List<Long> userNumbers,
    List<String> ids,
    Instant askTime,
    Set<String> hidden) {

  /** Takes copies. */
  public Subject {
    userNumbers = List.copyOf(userNumbers);
    ids = List.copyOf(ids);
    hidden = Set.copyOf(hidden);
  }
}
