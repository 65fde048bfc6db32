package io.tenure.profile.domain.computed;

import java.util.List;

/**
 * Which events a trait is computed from.
 *
 * @param name event name
 * @param filters must all hold
 */
public record EventSelector(String name, List<PropertyFilter> filters) {

  /** Keeps its own copy. */
  public EventSelector {
    filters = List.copyOf(filters);
  }
}
