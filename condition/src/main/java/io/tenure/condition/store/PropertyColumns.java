package io.tenure.condition.store;

import io.tenure.platform.clickhouse.SqlParameters;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Where the values of event properties are read: most in the map {@code properties}, a few in
 * columns of their own, which answer the same for a fraction of the work. The names of columns are
 * generated; which property one serves is looked up here and never written into a statement.
 */
public final class PropertyColumns {

  /** Every property is read in the map. */
  public static final PropertyColumns NONE = new PropertyColumns(Map.of());

  private static final Pattern NAME = Pattern.compile("[pn]_[0-9]{1,9}");

  private final Map<String, Column> columns;
  private final Consumer<String> asked;

  /** The columns there are, by property. */
  public PropertyColumns(Map<String, Column> columns) {
    this(columns, property -> {});
  }

  /**
   * The columns there are, by property.
   *
   * @param asked is told once for each statement and property it reads
   */
  PropertyColumns(Map<String, Column> columns, Consumer<String> asked) {
    this.columns = Map.copyOf(columns);
    this.asked = asked;
  }

  /**
   * The columns of one property.
   *
   * @param text holds its text, null where the event has no such property
   * @param number holds it as a number, null for everything else; empty when there is none
   */
  public record Column(String text, String number) {

    /** Accepts generated names only, since they become part of statements. */
    public Column {
      if (!NAME.matcher(text).matches() || !number.isEmpty() && !NAME.matcher(number).matches()) {
        throw new IllegalArgumentException("No generated name of a column");
      }
    }
  }

  /** Whether a property has columns. */
  public boolean has(String property) {
    return columns.containsKey(property);
  }

  /** A statement reads a property. */
  void ask(String property) {
    asked.accept(property);
  }

  /** How a statement reads a property of an event. */
  public Operand operand(SqlParameters parameters, String property) {
    Column column = columns.get(property);
    if (column != null) {
      return Operand.ofColumn(column);
    }
    String name = parameters.text(property);
    return Operand.ofProperty("properties[" + name + "]", "mapContains(properties, " + name + ")");
  }
}
