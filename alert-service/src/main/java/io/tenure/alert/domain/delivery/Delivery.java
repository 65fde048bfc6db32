package io.tenure.alert.domain.delivery;

import java.time.Instant;

/**
 * One alert on its way to one receiver.
 *
 * @param alertId the alert
 * @param receiverId the receiver
 * @param state where it stands
 * @param attempts attempts made
 * @param lastResult answer or error of the last attempt, or why it was withheld
 * @param updateTime when it last changed
 */
public record Delivery(
    String alertId,
    String receiverId,
    State state,
    int attempts,
    String lastResult,
    Instant updateTime) {

  /** Where a delivery stands. */
  public enum State {
    /** Waits for its first or next attempt. */
    PENDING,
    /** The receiver answered 2xx. */
    DELIVERED,
    /** Given up. */
    FAILED,
    /** Not handed to a third party, because the person does not agree to sharing. */
    WITHHELD
  }
}
