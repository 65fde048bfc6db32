package io.tenure.segment.domain.retention;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.cohort.Parts;
import io.tenure.segment.domain.tally.Amount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who came back.
 *
 * @param columns what each column is about
 * @param parts everybody, and users by the value of their start
 */
public record Retention(List<Bracket> columns, Parts<Part> parts) implements Answer {

  /**
   * Some users.
   *
   * @param cohorts periods that have users, oldest first
   * @param means for each column the mean over complete cells, weighted by cohort size
   */
  public record Part(List<Cohort> cohorts, List<Mean> means) {}

  /**
   * The users who started in one period.
   *
   * @param start what the period is called
   */
  public record Cohort(String start, long users, List<Cell> cells) {}

  /**
   * One column of a cohort.
   *
   * @param users users who are in it
   * @param rate those divided by the cohort's users
   * @param amount what they did, where an amount was asked for; otherwise nothing
   * @param incomplete whether the number can still change
   */
  public record Cell(long users, double rate, Amount amount, boolean incomplete) {}

  /**
   * Mean of a column.
   *
   * @param cohortUsers users of the cohorts whose cell is complete
   * @param users users of those cells
   * @param amount what they did
   */
  public record Mean(long cohortUsers, long users, Amount amount) {
    /** The rate; null where no cell is complete. */
    public @Nullable Double rate() {
      return cohortUsers == 0 ? null : (double) users / cohortUsers;
    }
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("value", Type.TEXT)
            .column("part", Type.TEXT)
            .column("start", Type.TEXT)
            .column("cohort_users", Type.COUNT)
            .column("first_period", Type.COUNT)
            .column("last_period", Type.COUNT)
            .column("users", Type.COUNT)
            .column("rate", Type.RATE)
            .column("sum", Type.DECIMAL)
            .column("values", Type.COUNT)
            .column("incomplete", Type.FLAG);
    parts.each((kind, value, part) -> rows(table, value, kind, part));
    return table.build();
  }

  private void rows(Table.Builder table, @Nullable String value, String kind, Part part) {
    for (Cohort cohort : part.cohorts()) {
      for (int column = 0; column < columns.size(); column++) {
        Cell cell = cohort.cells().get(column);
        table.row(
            value,
            kind,
            cohort.start(),
            cohort.users(),
            (long) columns.get(column).first(),
            (long) columns.get(column).last(),
            cell.users(),
            cell.rate(),
            cell.amount().sum(),
            cell.amount().values(),
            cell.incomplete());
      }
    }
  }
}
