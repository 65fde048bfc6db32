package io.tenure.segment.domain.trend;

import io.tenure.condition.domain.EventSelector;

/**
 * What a line of a trend counts.
 *
 * @param selector which events
 * @param aggregate what about them
 */
public record Measure(EventSelector selector, Aggregate aggregate) {}
