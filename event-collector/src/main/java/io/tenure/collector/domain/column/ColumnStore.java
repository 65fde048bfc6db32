package io.tenure.collector.domain.column;

import io.tenure.platform.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry of columns and the tables that have them. Every change is harmless when repeated.
 */
public interface ColumnStore {

  /** All that ever were, by ascending number, each in its current state. */
  List<PropertyColumn> list();

  /**
   * Writes a state.
   *
   * @throws Failure ABORTED when another one was written in its place
   */
  void save(PropertyColumn column);

  /** Adds columns to the table; they read the map where they are not stored yet. */
  void add(PropertyColumn column);

  /** Removes columns from the table. */
  void drop(PropertyColumn column);

  /** Has the views show these columns and no others. */
  void show(List<PropertyColumn> columns);

  /** Rows that have the column stored, by number, and all rows under 0. */
  Map<Integer, Long> storedRows(List<PropertyColumn> columns);

  /** Whether a change of the table is under way. */
  boolean busy();

  /** The newest partition in which one of the columns is not stored everywhere. */
  Optional<String> incompletePartition(List<PropertyColumn> columns);

  /** Begins to store the columns in a partition; reads never wait for it. */
  void complete(List<PropertyColumn> columns, String partition);
}
