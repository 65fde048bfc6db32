package io.tenure.segment.domain.segment;

import java.time.Instant;

/** The members of a segment at one instant, counted. */
public record Snapshot(Instant asOfTime, long members) {}
