package io.tenure.collector.domain.column;

/** What a look for hot properties led to. */
public sealed interface ColumnChange {

  /** Nothing: there is none, or it is another one's turn, or the last one is still being stored. */
  record None() implements ColumnChange {}

  /** A property got columns. */
  record Promoted(PropertyColumn column) implements ColumnChange {}

  /** A property loses the columns it was given here. */
  record Retired(PropertyColumn column, Cause cause) implements ColumnChange {}

  /** Why columns go. */
  enum Cause {
    /** Nobody asks any more. */
    UNUSED,
    /** A plan has put the property into a class of which there are no copies without need. */
    PERSONAL
  }
}
