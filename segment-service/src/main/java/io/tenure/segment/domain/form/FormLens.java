package io.tenure.segment.domain.form;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a form is filled in.
 *
 * @param open fillings that can still go on
 * @param submitTime how long submitted fillings took; null without any
 * @param questions by the mean place at which they are come to
 */
public record FormLens(
    Count begun,
    Count submitted,
    Count abandoned,
    Count open,
    @Nullable Spread submitTime,
    List<Question> questions)
    implements Answer {

  /** How often, and by how many. */
  public record Count(long times, long users) {}

  /**
   * One question.
   *
   * @param edits answers after the first of a filling
   * @param returns to it after another question
   * @param abandoned fillings it was the last question of
   * @param time spent on it in a filling; null where it was never begun
   */
  public record Question(
      Label label,
      Count shown,
      Count started,
      Count answered,
      Count edits,
      Count returns,
      Count abandoned,
      @Nullable Spread time) {

    /** Share of the fillings in which it was begun, or shown where it never was. */
    public double abandonRate() {
      long of = started.times() == 0 ? shown.times() : started.times();
      return of == 0 ? 0 : (double) abandoned.times() / of;
    }
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("question", Type.TEXT)
            .column("shown", Type.COUNT)
            .column("started", Type.COUNT)
            .column("answered", Type.COUNT)
            .column("edits", Type.COUNT)
            .column("returns", Type.COUNT)
            .column("abandoned", Type.COUNT)
            .column("abandoned_users", Type.COUNT)
            .column("abandon_rate", Type.RATE)
            .column("median_time", Type.DURATION)
            .column("p90_time", Type.DURATION);
    for (Question question : questions) {
      table.row(
          question.label().text(),
          question.shown().times(),
          question.started().times(),
          question.answered().times(),
          question.edits().times(),
          question.returns().times(),
          question.abandoned().times(),
          question.abandoned().users(),
          question.abandonRate(),
          question.time() == null ? null : question.time().median(),
          question.time() == null ? null : question.time().p90());
    }
    return table.build();
  }
}
