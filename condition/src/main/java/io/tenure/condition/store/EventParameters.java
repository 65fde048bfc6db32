package io.tenure.condition.store;

import io.tenure.platform.clickhouse.SqlParameters;
import java.util.HashSet;
import java.util.Set;

/**
 * The values of one statement about events, with the columns of properties it may name. All parts
 * of a statement read a property the same way because they share this.
 */
public final class EventParameters extends SqlParameters {

  private final PropertyColumns columns;
  private final Set<String> asked = new HashSet<>();

  /** For a statement that is run at once, before columns can go. */
  public EventParameters(PropertyColumns columns) {
    this.columns = columns;
  }

  Operand operand(String property) {
    if (asked.add(property)) {
      columns.ask(property);
    }
    return columns.operand(this, property);
  }
}
