package io.tenure.collector.domain.plan;

import java.util.List;

/**
 * A sort of thing events are about.
 *
 * @param type as the SDK sends it, for example {@code "fund"}
 * @param properties those a thing of this sort has
 */
public record PlannedItem(String type, String description, List<PlannedProperty> properties) {

  /** Copies the properties. */
  public PlannedItem {
    properties = List.copyOf(properties);
  }
}
