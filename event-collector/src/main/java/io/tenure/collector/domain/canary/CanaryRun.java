package io.tenure.collector.domain.canary;

import java.time.Duration;

/**
 * What became of one canary.
 *
 * @param delay from sending until it was found or given up
 * @param trouble what went wrong, in words for an operator; empty when it was found
 */
public record CanaryRun(CanaryEvent event, Result result, Duration delay, String trouble) {

  /** The ways it can end. */
  public enum Result {
    /** It can be seen. */
    FOUND,
    /** The door did not take it. */
    NOT_TAKEN,
    /** The door took it and it could not be seen in time. */
    NOT_FOUND
  }
}
