package io.tenure.segment.domain.event;

import io.tenure.condition.domain.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events to list.
 *
 * @param user login id, device id or {@code user_number:N}; empty for everybody
 * @param name event name; empty for all
 * @param eventId id given by the client; empty for all
 * @param range when they happened
 * @param after the last event of the page before; null for the first page
 */
public record EventFilter(
    String user, String name, String eventId, TimeRange range, @Nullable Position after) {

  /**
   * Where an event stands in the list.
   *
   * @param eventTime when it happened
   * @param eventKey its key as an unsigned decimal number, which orders events of one instant
   */
  public record Position(Instant eventTime, String eventKey) {}
}
