package io.tenure.segment.domain.retention;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.time.LocalDate;
import java.util.List;

/**
 * Who came back.
 *
 * @param cohorts periods that have users, oldest first
 * @param meanRates for each return period the mean over complete cells, weighted by cohort size; 0
 *     where no cell is complete
 */
public record Retention(List<Cohort> cohorts, List<Double> meanRates) implements Answer {

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("start_date", Type.DATE)
            .column("cohort_users", Type.COUNT)
            .column("period", Type.COUNT)
            .column("users", Type.COUNT)
            .column("rate", Type.RATE)
            .column("incomplete", Type.FLAG);
    for (Cohort cohort : cohorts) {
      long period = 0;
      for (Cell cell : cohort.cells()) {
        table.row(
            cohort.startDate(),
            cohort.users(),
            ++period,
            cell.users(),
            cell.rate(),
            cell.incomplete());
      }
    }
    return table.build();
  }

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
