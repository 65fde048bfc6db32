package io.tenure.segment.domain.tally;

import java.time.Duration;

/**
 * How lengths of time spread. Quantiles lie between two samples in proportion.
 *
 * @param samples how many there are, at least one
 * @param lowerQuartile a quarter is at most this
 * @param upperQuartile a quarter is at least this
 * @param p90 a tenth is at least this
 */
public record Spread(
    long samples,
    Duration least,
    Duration lowerQuartile,
    Duration median,
    Duration upperQuartile,
    Duration p90,
    Duration most,
    Duration mean) {}
