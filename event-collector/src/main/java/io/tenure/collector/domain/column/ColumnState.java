package io.tenure.collector.domain.column;

/** How far the life of a property's columns has come; it only goes forward. */
public enum ColumnState {
  /** Wanted; nobody reads it. */
  ADDING,
  /** Read. */
  ACTIVE,
  /** No longer looked up; statements under way may still read it. */
  RETIRED,
  /** Gone from the tables. */
  DROPPED;

  /** Whether it takes room in the tables, or soon will. */
  boolean takesRoom() {
    return this != DROPPED;
  }
}
