package io.tenure.profile.domain.squash;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;

/** The numbers that rows of the event store count for. */
public interface StoredNumbers {

  /**
   * Counts rows that count for old numbers.
   *
   * @param numbers new numbers by old ones
   * @return rows by partition
   */
  Map<String, Long> count(ProjectId project, Map<Long, Long> numbers);

  /**
   * Writes new numbers to the rows of a partition; again is harmless.
   *
   * @return rows that are not written yet; more than 0 while the store is still at work
   */
  long rewrite(ProjectId project, Map<Long, Long> numbers, String partition);
}
