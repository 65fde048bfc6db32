package io.tenure.condition.store;

import io.tenure.platform.clickhouse.SqlParameters;

/**
 * The values of one statement about events, with the columns of properties it may name. All parts
 * of a statement read a property the same way because they share this.
 */
public final class EventParameters extends SqlParameters {

  private final PropertyColumns columns;

  /** For a statement that is run at once, before columns can go. */
  public EventParameters(PropertyColumns columns) {
    this.columns = columns;
  }

  PropertyColumns columns() {
    return columns;
  }
}
