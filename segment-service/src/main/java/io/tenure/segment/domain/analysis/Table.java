package io.tenure.segment.domain.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in rows and columns.
 *
 * @param columns what each column holds
 * @param rows for each row a value of the column's type, or null, for each column
 */
public record Table(List<Column> columns, List<List<@Nullable Object>> rows) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Name and type of a column; names are words with underscores. */
  public record Column(String name, Type type) {}

  /** What a column holds. */
  public enum Type {
    /** A {@link String}. */
    TEXT,
    /** A {@link Long}. */
    COUNT,
    /** A {@link Double}. */
    RATE,
    /** A {@link java.math.BigDecimal}. */
    DECIMAL,
    /** A {@link java.time.LocalDate}. */
    DATE,
    /** A {@link java.time.Duration}. */
    DURATION,
    /** A {@link Boolean}. */
    FLAG
  }

  /** Collects a table row by row. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a table row by row. */
  public static final class Builder {

    private final List<Column> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private Builder() {}

    /** Adds a column; all come before the first row. */
    public Builder column(String name, Type type) {
      columns.add(new Column(name, type));
      return this;
    }

    /** Adds a row with a value for each column. */
    public Builder row(@Nullable Object... values) {
      if (values.length != columns.size()) {
        throw new IllegalArgumentException(
            values.length + " values for " + columns.size() + " columns");
      }
      rows.add(Collections.unmodifiableList(Arrays.asList(values)));
      return this;
    }

    /** The table. */
    public Table build() {
      return new Table(columns, rows);
    }
  }
}
