package io.tenure.collector.domain.plan;

import java.util.List;

/** An event of the plan. */
public record PlannedEvent(String name, String description, List<PlannedProperty> properties) {

  /** Copies the properties. */
  public PlannedEvent {
    properties = List.copyOf(properties);
  }
}
