package io.tenure.segment.domain.journey;

import java.util.List;

/**
 * Events belong together when the text of one property equals that of another's; an event without
 * it belongs to none.
 *
 * @param first property of the event that comes first
 * @param second property of the event that follows
 */
public record Relation(Column.Property first, Column.Property second) {

  /** Attribute of an event that comes first. */
  public static final int FIRST = 0;

  /** Attribute of an event that follows. */
  public static final int SECOND = 1;

  /** Both attributes, in the order of the constants. */
  public List<Column> columns() {
    return List.of(first, second);
  }
}
