package io.tenure.segment.domain.ltv;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.cohort.Parts;
import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users have brought.
 *
 * @param parts everybody, and users by the value of their start
 */
public record Ltv(Parts<Part> parts) implements Answer {

  /**
   * Some users.
   *
   * @param cohorts periods that have users, oldest first
   * @param means for each step the mean over complete cells, weighted by cohort size
   */
  public record Part(List<Cohort> cohorts, List<Count> means) {}

  /**
   * The users who started in one period.
   *
   * @param start what the period is called
   * @param counts one for each step, the cohort's own period first
   */
  public record Cohort(String start, long users, List<Count> counts) {}

  /**
   * What users have brought up to a step.
   *
   * @param users all of them, whether they pay or not
   * @param payers those with an amount
   * @param incomplete whether the number can still change
   */
  public record Count(long users, Amount amount, long payers, boolean incomplete) {
    /** The sum divided by all users; null without users. */
    public @Nullable BigDecimal perUser() {
      return amount.per(users);
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
            .column("period", Type.COUNT)
            .column("sum", Type.DECIMAL)
            .column("per_user", Type.DECIMAL)
            .column("payers", Type.COUNT)
            .column("incomplete", Type.FLAG);
    parts.each((kind, value, part) -> rows(table, value, kind, part));
    return table.build();
  }

  private static void rows(Table.Builder table, @Nullable String value, String kind, Part part) {
    for (Cohort cohort : part.cohorts()) {
      long step = 0;
      for (Count count : cohort.counts()) {
        table.row(
            value,
            kind,
            cohort.start(),
            cohort.users(),
            step++,
            count.amount().sum(),
            count.perUser(),
            count.payers(),
            count.incomplete());
      }
    }
  }
}
