package io.tenure.collector.domain.plan;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A property of an event, or a trait of a user.
 *
 * @param required whether the event is incomplete without it
 * @param plainAuthor who decided that a personal trait is not sealed in the stores; null for nobody
 */
public record PlannedProperty(
    String name,
    PropertyType type,
    DataClass dataClass,
    Set<Purpose> purposes,
    boolean required,
    String description,
    @Nullable String plainAuthor) {

  /** Copies the purposes. */
  public PlannedProperty {
    purposes = Set.copyOf(purposes);
  }

  /** One that is sealed when it is personal. */
  public PlannedProperty(
      String name,
      PropertyType type,
      DataClass dataClass,
      Set<Purpose> purposes,
      boolean required,
      String description) {
    this(name, type, dataClass, purposes, required, description, null);
  }

  /** The same, kept plain by somebody. */
  PlannedProperty plainBy(@Nullable String author) {
    return new PlannedProperty(name, type, dataClass, purposes, required, description, author);
  }
}
