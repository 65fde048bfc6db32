package io.tenure.segment.domain.ltv;

import io.tenure.segment.domain.tally.ValueChoice;

/**
 * One number of a lifetime value table, behind which there are users.
 *
 * @param cohort number of the cohort, from 0
 * @param payersUntil only users with an amount up to this step; {@link #COHORT} for all
 * @param value only users of this part
 */
public record LtvCell(int cohort, int payersUntil, ValueChoice value) {

  /** The whole cohort. */
  public static final int COHORT = -1;
}
