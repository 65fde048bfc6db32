package io.tenure.collector.domain.log;

/**
 * Where a batch ends at the latest.
 *
 * @param records most records
 * @param bytes size after which no record is added
 */
public record BatchLimit(int records, long bytes) {}
