package io.tenure.segment.domain.trend;

import java.util.Optional;

/**
 * One number of a trend, behind which there are users.
 *
 * @param period only this period; absent for the whole range
 */
public record TrendCell(Optional<Integer> period) {}
