package io.tenure.segment.domain.retention;

import io.tenure.segment.domain.analysis.Freshness;
import java.time.LocalDate;
import java.util.List;

/**
 * Who came back.
 *
 * @param cohorts periods that have users, oldest first
 * @param meanRates for each return period the mean over complete cells, weighted by cohort size; 0
 *     where no cell is complete
 */
public record Retention(List<Cohort> cohorts, List<Double> meanRates, Freshness freshness) {

  /** The users who did the start event in one period. */
  public record Cohort(LocalDate startDate, long users, List<Cell> cells) {}

  /**
   * One return period of a cohort.
   *
   * @param users users who came back
   * @param rate those divided by the cohort's users
   * @param incomplete whether the period has not ended, so that the number can grow
   */
  public record Cell(long users, double rate, boolean incomplete) {}
}
