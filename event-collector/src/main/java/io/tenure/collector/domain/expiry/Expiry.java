package io.tenure.collector.domain.expiry;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Set;

/**
 * What is too old in a project. {@link Instant#EPOCH} keeps everything.
 *
 * @param events that happened before this
 * @param properties all properties of events that happened before this
 * @param personalProperties the personal ones of events that happened before this
 * @param personalNames names of the personal ones
 * @param quarantine records that reached us before this
 */
public record Expiry(
    ProjectId project,
    Instant events,
    Instant properties,
    Instant personalProperties,
    Set<String> personalNames,
    Instant quarantine) {

  /** Takes a copy. */
  public Expiry {
    personalNames = Set.copyOf(personalNames);
  }

  /** Whether any property ends before its event does. */
  public boolean endsProperties() {
    return properties.isAfter(events)
        || personalProperties.isAfter(events) && !personalNames.isEmpty();
  }
}
