package io.tenure.segment.domain.retention;

import io.tenure.segment.domain.tally.ValueChoice;

/**
 * One number of a retention table, behind which there are users.
 *
 * @param cohort number of the cohort, from 0
 * @param column number of the column from 1 on; 0 for the cohort itself
 * @param lost the users of the cohort who are not in the column instead
 * @param value only users of this part
 */
public record RetentionCell(int cohort, int column, boolean lost, ValueChoice value) {}
