package io.tenure.collector.domain.log;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import java.util.Map;
import java.util.Set;

/**
 * What became of the records of one request, after they were written down.
 *
 * @param accepted new records
 * @param duplicate records the log already had
 * @param quarantined new records kept aside, by reason
 * @param refused records only counted, by reason
 * @param repeated which records of the submission are the duplicates, by their place in it
 */
public record Receipt(
    int accepted,
    int duplicate,
    Map<QuarantineReason, Integer> quarantined,
    Map<RefuseReason, Integer> refused,
    Set<Integer> repeated) {

  /** Of a request that put nothing into the log. */
  public static final Receipt NOTHING = new Receipt(0, 0, Map.of(), Map.of(), Set.of());

  /** All of them. */
  public int received() {
    return accepted + duplicate + sum(quarantined) + sum(refused);
  }

  private static int sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
