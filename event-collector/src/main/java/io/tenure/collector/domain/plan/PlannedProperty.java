package io.tenure.collector.domain.plan;

import java.util.Set;

/**
 * A property of an event, or a trait of a user.
 *
 * @param required whether the event is incomplete without it
 */
public record PlannedProperty(
    String name,
    PropertyType type,
    DataClass dataClass,
    Set<Purpose> purposes,
    boolean required,
    String description) {

  /** Copies the purposes. */
  public PlannedProperty {
    purposes = Set.copyOf(purposes);
  }
}
