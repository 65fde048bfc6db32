package io.tenure.collector.domain.merge;

import java.util.Map;

/** The numbers that stored events count for. */
public interface StoredNumbers {

  /** Rows that count for the old numbers, by partition. */
  Map<String, Long> count(FinalNumbers numbers);

  /**
   * Writes the new numbers to the rows of a partition; again is harmless.
   *
   * @return rows that are not written yet, when the store needs longer than one waits
   */
  long rewrite(FinalNumbers numbers, String partition);
}
