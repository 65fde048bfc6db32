package io.tenure.collector.domain.arrivals;

import java.time.Instant;
import java.util.List;

/**
 * A record as it arrived and what every step made of it.
 *
 * @param dialect label of the protocol
 * @param outcome accepted, duplicate, quarantined or refused
 * @param reason why it was quarantined or refused; empty otherwise
 * @param record the bytes as text; empty when it was refused or is too large to be shown
 */
public record ArrivedRecord(
    Instant receiveTime,
    String dialect,
    String library,
    String eventName,
    List<Step> steps,
    String outcome,
    String reason,
    String detail,
    String record) {

  /** What one step made of it. */
  public record Step(String step, String result, String reason, String detail) {}
}
