package io.tenure.collector.domain.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a name from accepted records.
 *
 * @param type of its first value, or of the plan; null for events
 * @param count records it was seen in
 */
public record LearnedName(
    Scope scope,
    String name,
    @Nullable PropertyType type,
    long count,
    Instant firstSeen,
    Instant lastSeen) {}
