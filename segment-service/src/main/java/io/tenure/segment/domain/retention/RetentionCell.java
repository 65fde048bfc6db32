package io.tenure.segment.domain.retention;

/**
 * One number of a retention table, behind which there are users.
 *
 * @param cohort number of the cohort's period
 * @param period return period from 1 on; 0 for the cohort itself
 * @param lost the users of the cohort who did not come back in the period instead
 */
public record RetentionCell(int cohort, int period, boolean lost) {}
