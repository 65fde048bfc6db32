package io.tenure.segment.domain.segment;

import org.jspecify.annotations.Nullable;

/** A segment with its latest snapshot; null before the first computation. */
public record Segment(SegmentDefinition definition, @Nullable Snapshot snapshot) {}
