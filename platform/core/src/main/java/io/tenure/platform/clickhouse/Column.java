package io.tenure.platform.clickhouse;

/**
 * A column of rows that are inserted in the store's own binary form, which costs both sides a
 * fraction of what JSON does.
 *
 * @param name in the table
 * @param value writes a row's value by the one method of {@link RowOutput} that fits the column's
 *     type
 */
public record Column<R>(String name, Value<R> value) {

  /** Writes one value. */
  @FunctionalInterface
  public interface Value<R> {
    /** Writes a row's value. */
    void write(R row, RowOutput out);
  }
}
