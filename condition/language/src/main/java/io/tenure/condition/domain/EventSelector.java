package io.tenure.condition.domain;

import java.util.List;

/**
 * Selects events.
 *
 * @param name event name; empty selects any event
 * @param filters filters that must all hold
 */
public record EventSelector(String name, List<PropertyFilter> filters) {

  /** Accepts a name of up to 200 characters and up to 20 filters. */
  public EventSelector {
    if (!name.isEmpty()) {
      Limits.name(name, "The event name");
    }
    filters = Limits.listOf(filters, 0, 20, "filters");
  }

  /** Selects every event of a name. */
  public static EventSelector named(String name) {
    return new EventSelector(name, List.of());
  }

  /** Whether it selects events of any name. */
  public boolean selectsAnyName() {
    return name.isEmpty();
  }
}
