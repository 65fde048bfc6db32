package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.record.LogRecord;
import java.util.List;

/** Who the records of a batch are about. Applying the same batch again changes nothing. */
public interface Profiles {

  /** In place of a user number: the person withdrew the consent, or is erased. */
  int MUST_NOT_BE_STORED = 0;

  /**
   * Resolves the ids and applies the records to the profiles.
   *
   * @param entries ascending by offset, accepted records only
   * @return one user number for each entry, in order; {@link #MUST_NOT_BE_STORED} for one that has
   *     to be stored nowhere
   * @throws io.tenure.platform.failure.Failure when profile-service does not answer
   */
  List<Integer> apply(String logId, List<Accepted> entries);

  /** An accepted record and its place. */
  record Accepted(long offset, LogRecord.Accepted record) {}
}
