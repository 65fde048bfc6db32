package io.tenure.collector.domain.log;

import java.time.Instant;

/**
 * A batch a reader has confirmed, for whoever compares the log with a store.
 *
 * @param first first offset it covers
 * @param last last offset it covers
 * @param records how many records of the reader's lane were in it; 0 when a stretch held none
 * @param checksum as in {@link Batch#checksum}
 * @param time when it was confirmed
 */
public record Confirmed(long first, long last, int records, long checksum, Instant time) {}
