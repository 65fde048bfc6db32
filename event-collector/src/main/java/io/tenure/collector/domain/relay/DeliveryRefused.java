package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.record.QuarantineReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Some records of a batch are refused for good. Everything else of the batch waits for them to be
 * set aside, so that what was refused once can't slip in later under the same token.
 */
public final class DeliveryRefused extends RuntimeException {

  /**
   * Why one record is refused.
   *
   * @param detail for people
   * @param json properties whose text is JSON and not a text, as far as that is known
   */
  public record Refusal(QuarantineReason reason, String detail, Set<String> json) {}

  private final transient Map<Long, Refusal> reasons;

  /**
   * Refusals by profile-service.
   *
   * @param reasons why, by offset
   */
  public DeliveryRefused(Map<Long, String> reasons) {
    this(reasons.size(), byProfiles(reasons));
  }

  private DeliveryRefused(int records, Map<Long, Refusal> reasons) {
    super(records + " records are refused");
    this.reasons = Map.copyOf(reasons);
  }

  /**
   * Refusals for any reason.
   *
   * @param reasons why, by offset
   */
  static DeliveryRefused because(Map<Long, Refusal> reasons) {
    return new DeliveryRefused(reasons.size(), reasons);
  }

  private static Map<Long, Refusal> byProfiles(Map<Long, String> reasons) {
    Map<Long, Refusal> refusals = new HashMap<>();
    reasons.forEach(
        (offset, reason) ->
            refusals.put(
                offset,
                new Refusal(
                    QuarantineReason.DELIVERY_REFUSED,
                    "profile-service refuses it: " + reason,
                    Set.of())));
    return refusals;
  }

  /** Why, by offset. */
  public Map<Long, Refusal> reasons() {
    return reasons;
  }
}
