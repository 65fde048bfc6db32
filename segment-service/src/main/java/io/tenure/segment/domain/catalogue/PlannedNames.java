package io.tenure.segment.domain.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names in a tracking plan.
 *
 * @param events by name
 * @param hidden names of properties and traits of class C2 or C3
 */
public record PlannedNames(Map<String, Event> events, Set<String> hidden) {

  /** Of a project without a plan. */
  public static final PlannedNames NONE = new PlannedNames(Map.of(), Set.of());

  /** Copies both. */
  public PlannedNames {
    events = Map.copyOf(events);
    hidden = Set.copyOf(hidden);
  }

  /**
   * A planned event.
   *
   * @param properties descriptions by name
   */
  public record Event(String description, Map<String, String> properties) {

    /** Copies the properties. */
    public Event {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * Descriptions of properties by name.
   *
   * @param event whose; empty for all events
   */
  Map<String, String> properties(String event) {
    Map<String, String> found = new HashMap<>();
    events.forEach(
        (name, planned) -> {
          if (event.isEmpty() || event.equals(name)) {
            planned
                .properties()
                .forEach((property, text) -> found.merge(property, text, PlannedNames::longer));
          }
        });
    return found;
  }

  private static String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }
}
