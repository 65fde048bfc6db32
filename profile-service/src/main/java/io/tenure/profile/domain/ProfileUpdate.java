package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;

/**
 * One log record as far as profiles care.
 *
 * @param offset position in the log
 * @param ids whose record it is
 * @param time device time of the record
 * @param event whether it is an event; otherwise it only changes the profile
 * @param changes of traits, in order
 */
public record ProfileUpdate(
    long offset,
    ProjectId project,
    Identifiers ids,
    Instant time,
    boolean event,
    List<TraitChange> changes) {

  /** Keeps its own copy of the changes. */
  public ProfileUpdate {
    changes = List.copyOf(changes);
  }
}
