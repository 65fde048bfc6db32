package io.tenure.segment.domain.analysis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer is.
 *
 * @param dataTime receipt of the newest event the answer may contain; null without events
 * @param computeTime when the answer was computed
 * @param rowsRead events read for it
 */
public record Freshness(@Nullable Instant dataTime, Instant computeTime, long rowsRead) {}
