package io.tenure.segment.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Split;
import io.tenure.segment.domain.cohort.Stays;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.retention.Retention.Cell;
import io.tenure.segment.domain.retention.Retention.Cohort;
import io.tenure.segment.domain.retention.Retention.Mean;
import io.tenure.segment.domain.retention.Retention.Part;
import io.tenure.segment.domain.tally.Amount;
import io.tenure.segment.domain.tally.ByValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers retention tables. */
public final class Retentions implements Model<RetentionQuery, Retention, RetentionCell> {

  private final Activity activity;
  private final Stays stays;

  /** Retention over the given activity, and over journeys where periods are not enough. */
  public Retentions(Activity activity, Journeys journeys) {
    this.activity = activity;
    this.stays = new Stays(journeys);
  }

  @Override
  public Retention run(ProjectId project, RetentionQuery query, Instant now) {
    Split<RetentionTally> split = new Split<>(query.cohorts(), () -> tally(query));
    new RetentionWalk(
            query, (stay, in, sums) -> split.add(stay, tally -> tally.add(stay.cohort(), in, sums)))
        .walk(project, activity, stays);
    return new Retention(query.columns(), split.parts(tally -> part(query, tally, now)));
  }

  @Override
  public long[] users(ProjectId project, RetentionQuery query, RetentionCell cell, Instant now) {
    ByValue.Choice choice = new ByValue.Choice(cell.value(), query.cohorts().shownValues());
    new RetentionWalk(
            query,
            (stay, in, _) ->
                choice.add(
                    stay.value(),
                    1,
                    stay.userNumber(),
                    stay.cohort() == cell.cohort()
                        && (cell.column() == 0 || in.get(cell.column() - 1) != cell.lost())))
        .walk(project, activity, stays);
    return choice.users();
  }

  private static RetentionTally tally(RetentionQuery query) {
    CohortQuery cohorts = query.cohorts();
    return new RetentionTally(cohorts.cohorts(), query.columns().size(), cohorts.amount() != null);
  }

  private static Part part(RetentionQuery query, RetentionTally tally, Instant now) {
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < tally.cohorts(); cohort++) {
      if (tally.users(cohort) > 0) {
        cohorts.add(cohort(query, tally, cohort, now));
      }
    }
    return new Part(List.copyOf(cohorts), means(cohorts, query.columns().size()));
  }

  private static Cohort cohort(
      RetentionQuery query, RetentionTally tally, int cohort, Instant now) {
    CohortQuery cohorts = query.cohorts();
    long users = tally.users(cohort);
    List<Cell> cells = new ArrayList<>();
    for (int column = 0; column < query.columns().size(); column++) {
      long returned = tally.returned(cohort, column);
      int settled = query.rule().settled(query.columns().get(column), cohorts.horizon());
      cells.add(
          new Cell(
              returned,
              (double) returned / users,
              tally.amount(cohort, column),
              cohorts.end(cohort, settled).isAfter(now)));
    }
    String start = cohorts.unit().label(cohorts.firstCohort() + cohort);
    return new Cohort(start, users, List.copyOf(cells));
  }

  private static List<Mean> means(List<Cohort> cohorts, int columns) {
    List<Mean> means = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      long cohortUsers = 0;
      long users = 0;
      Amount amount = Amount.NONE;
      for (Cohort cohort : cohorts) {
        Cell cell = cohort.cells().get(column);
        if (!cell.incomplete()) {
          cohortUsers += cohort.users();
          users += cell.users();
          amount = amount.plus(cell.amount());
        }
      }
      means.add(new Mean(cohortUsers, users, amount));
    }
    return List.copyOf(means);
  }
}
