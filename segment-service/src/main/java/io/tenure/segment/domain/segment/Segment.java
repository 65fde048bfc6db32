package io.tenure.segment.domain.segment;

import io.tenure.segment.domain.saved.Saved;
import org.jspecify.annotations.Nullable;

/** A segment with its latest snapshot; null before the first computation. */
public record Segment(Saved<SegmentDraft> definition, @Nullable Snapshot snapshot) {}
