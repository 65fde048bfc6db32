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
 * @param eventName name of the event; empty when it only changes the profile
 * @param changes of traits, in order
 */
public record ProfileUpdate(
    long offset,
    ProjectId project,
    Identifiers ids,
    Instant time,
    String eventName,
    List<TraitChange> changes) {

  /** Keeps its own copy of the changes. */
  public ProfileUpdate {
    changes = List.copyOf(changes);
  }

  /** The same with other ids. */
  public ProfileUpdate with(Identifiers others) {
    return new ProfileUpdate(offset, project, others, time, eventName, changes);
  }

  /** Whether it is an event. */
  public boolean event() {
    return !eventName.isEmpty();
  }

  /** The same record as far as it tells whose its ids are, and nothing else of it. */
  public ProfileUpdate withoutContent() {
    return new ProfileUpdate(offset, project, ids, time, "", List.of());
  }
}
