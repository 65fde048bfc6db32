package io.tenure.collector.domain.column;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What recent events have. */
public interface ColumnSample {

  /**
   * Counts of some events.
   *
   * @param events all of them
   * @param values of the properties that occur
   */
  record Counts(long events, Map<String, Values> values) {}

  /**
   * The values of a property.
   *
   * @param events that have it
   * @param numbers how many of them are numbers
   * @param different how many different ones there are, about
   */
  record Values(long events, long numbers, long different) {}

  /** Counts the events of a time that have one of the properties. */
  Counts count(Collection<String> properties, Instant start, Instant end);
}
