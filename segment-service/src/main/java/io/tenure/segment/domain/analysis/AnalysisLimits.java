package io.tenure.segment.domain.analysis;

/**
 * What one question may cost.
 *
 * @param maxRows most rows one statement may read
 * @param maxMemory most bytes the event store may hold for one statement
 */
public record AnalysisLimits(long maxRows, long maxMemory) {}
