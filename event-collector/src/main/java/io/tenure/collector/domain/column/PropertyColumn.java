package io.tenure.collector.domain.column;

import io.tenure.platform.failure.Failure;
import java.time.Instant;
import java.util.List;

/**
 * A property of events that has columns of its own, in all projects.
 *
 * @param number makes the names of the columns, so that no name a caller wrote does; never given
 *     twice, because old data may still bear it
 * @param revision counts the states, from 1
 * @param author who asked for the state
 * @param time when it came to be so
 */
public record PropertyColumn(
    int number,
    int revision,
    String property,
    ColumnKind kind,
    ColumnState state,
    String author,
    Instant time) {

  private static final int LONGEST_NAME = 100;

  /**
   * Accepts what can be the name of a property.
   *
   * @throws Failure INVALID_ARGUMENT
   */
  public PropertyColumn {
    if (property.isBlank() || property.length() > LONGEST_NAME) {
      throw Failure.invalid("property", "must have 1 to " + LONGEST_NAME + " characters");
    }
  }

  /** The column with its text. */
  public String textColumn() {
    return "p_" + number;
  }

  /** The column with it as a number, of the kind that has one. */
  public String numberColumn() {
    return "n_" + number;
  }

  /** Names of all its columns. */
  public List<String> names() {
    return kind == ColumnKind.NUMBER
        ? List.of(textColumn(), numberColumn())
        : List.of(textColumn());
  }

  /** The same, one state later. */
  PropertyColumn become(ColumnState next, String by, Instant now) {
    return new PropertyColumn(number, revision + 1, property, kind, next, by, now);
  }
}
