package io.tenure.collector.domain.canary;

/** The way in that a canary tries. */
@FunctionalInterface
public interface CanaryDoor {

  /**
   * Sends an event.
   *
   * @throws io.tenure.platform.failure.Failure when the door does not take it
   */
  void send(CanaryEvent event);
}
