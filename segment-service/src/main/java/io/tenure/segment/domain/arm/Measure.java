package io.tenure.segment.domain.arm;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.journey.Column;
import org.jspecify.annotations.Nullable;

/**
 * A number events have.
 *
 * @param selector which events
 * @param property what is summed; null counts events
 */
public record Measure(EventSelector selector, Column.@Nullable Property property) {}
