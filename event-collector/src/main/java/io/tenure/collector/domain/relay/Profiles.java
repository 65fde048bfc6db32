package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.record.LogRecord;
import java.util.List;

/** Who the records of a batch are about. Applying the same batch again changes nothing. */
public interface Profiles {

  /**
   * Resolves the ids and applies the records to the profiles.
   *
   * @param entries ascending by offset, accepted records only
   * @return one user number for each entry, in order
   * @throws io.tenure.platform.failure.Failure when profile-service does not answer
   */
  List<Integer> apply(String logId, List<Accepted> entries);

  /** An accepted record and its place. */
  record Accepted(long offset, LogRecord.Accepted record) {}
}
