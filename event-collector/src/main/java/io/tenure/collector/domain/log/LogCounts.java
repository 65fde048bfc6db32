package io.tenure.collector.domain.log;

import java.util.Map;

/**
 * A project's counts, kept in the log itself and changed in the same write as its records.
 *
 * @param accepted records written for storing
 * @param duplicate records found to be there already
 * @param quarantined records kept aside, by reason
 * @param refused records only counted, by reason
 * @param delivered accepted records the relay has delivered
 * @param applied delivered records that went to profiles only
 * @param withheld delivered records that had to be stored nowhere
 */
public record LogCounts(
    long accepted,
    long duplicate,
    Map<String, Long> quarantined,
    Map<String, Long> refused,
    long delivered,
    long applied,
    long withheld) {

  /** All records that reached the intake. */
  public long received() {
    return accepted + duplicate + quarantinedTotal() + refusedTotal();
  }

  /** All records kept aside. */
  public long quarantinedTotal() {
    return sum(quarantined);
  }

  /** All records only counted. */
  public long refusedTotal() {
    return sum(refused);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
