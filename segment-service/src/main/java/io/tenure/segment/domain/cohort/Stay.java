package io.tenure.segment.domain.cohort;

import java.util.List;

/**
 * One user in one cohort.
 *
 * @param cohort number of the cohort, from 0
 * @param value of the property that tells users apart, as a journey writes it; empty without one
 * @param steps what followed; once for each value of the held property at a start of this cohort
 */
public record Stay(long userNumber, int cohort, String value, List<Steps> steps) {}
