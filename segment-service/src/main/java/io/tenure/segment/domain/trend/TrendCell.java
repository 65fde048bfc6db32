package io.tenure.segment.domain.trend;

import java.util.Optional;

/**
 * One number of a trend, behind which there are users.
 *
 * @param measure index of the measure
 * @param part which events
 * @param period only this period; absent for the whole range
 * @param compared whether it is one of the range beside
 */
public record TrendCell(int measure, Part part, Optional<Integer> period, boolean compared) {}
