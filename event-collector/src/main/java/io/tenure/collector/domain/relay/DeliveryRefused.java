package io.tenure.collector.domain.relay;

import java.util.Map;

/**
 * Some records of a batch are refused for good. Everything else of the batch waits for them to be
 * set aside, so that what was refused once can't slip in later under the same token.
 */
public final class DeliveryRefused extends RuntimeException {

  private final transient Map<Long, String> reasons;

  /**
   * Refuses records.
   *
   * @param reasons why, by offset
   */
  public DeliveryRefused(Map<Long, String> reasons) {
    super(reasons.size() + " records are refused");
    this.reasons = Map.copyOf(reasons);
  }

  /** Why, by offset. */
  public Map<Long, String> reasons() {
    return reasons;
  }
}
