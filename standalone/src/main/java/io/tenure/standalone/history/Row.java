package io.tenure.standalone.history;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a file, with the rows of lookups that were joined to it. */
final class Row {

  private final long number;
  private final long line;
  private final Map<String, String> columns;
  private final @Nullable String fault;
  private final Map<String, Map<String, String>> joined = new HashMap<>();

  private Row(long number, long line, Map<String, String> columns, @Nullable String fault) {
    this.number = number;
    this.line = line;
    this.columns = columns;
    this.fault = fault;
  }

  /** A row; rows count from 1 without the header, lines from 1 with it. */
  static Row of(long number, long line, Map<String, String> columns) {
    return new Row(number, line, columns, null);
  }

  /** A row that could not be read. */
  static Row unreadable(long number, long line, String text, String fault) {
    return new Row(number, line, Map.of("text", text), fault);
  }

  long number() {
    return number;
  }

  long line() {
    return line;
  }

  Map<String, String> columns() {
    return columns;
  }

  /** Throws when the row could not be read. */
  void check() throws BadRowException {
    if (fault != null) {
      throw new BadRowException(fault);
    }
  }

  /** Adds the columns of a lookup; none when it found nothing. */
  void join(String lookup, Map<String, String> found) {
    joined.put(lookup, found);
  }

  /** The value of {@code column} or {@code lookup.column}; empty when the lookup found no row. */
  String value(String name) throws BadRowException {
    String own = columns.get(name);
    if (own != null) {
      return own;
    }
    int dot = name.indexOf('.');
    Map<String, String> found = dot < 0 ? null : joined.get(name.substring(0, dot));
    if (found == null) {
      throw new BadRowException("There is no column '" + name + "'");
    }
    if (found.isEmpty()) {
      return "";
    }
    String value = found.get(name.substring(dot + 1));
    if (value == null) {
      throw new BadRowException("There is no column '" + name + "'");
    }
    return value;
  }
}
