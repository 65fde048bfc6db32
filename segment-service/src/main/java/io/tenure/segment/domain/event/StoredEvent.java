package io.tenure.segment.domain.event;

import io.tenure.segment.domain.event.EventFilter.Position;
import java.time.Instant;
import java.util.Map;

/**
 * One event as stored.
 *
 * @param properties values by name, as the text they are stored as
 */
public record StoredEvent(
    Position position,
    String eventId,
    String name,
    Instant receiveTime,
    long userNumber,
    String loginId,
    String anonymousId,
    Map<String, String> properties) {}
