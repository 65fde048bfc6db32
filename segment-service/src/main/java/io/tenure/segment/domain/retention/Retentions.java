package io.tenure.segment.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.retention.Retention.Cell;
import io.tenure.segment.domain.retention.Retention.Cohort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Answers retention tables. */
public final class Retentions implements Model<RetentionQuery, Retention, RetentionCell> {

  private final Activity activity;

  /** Retention over the given activity. */
  public Retentions(Activity activity) {
    this.activity = activity;
  }

  @Override
  public Retention run(ProjectId project, RetentionQuery query, Instant now) {
    RetentionTally tally = new RetentionTally(query);
    activity.scan(project, query, (_, marks) -> tally.add(marks));
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < tally.cohorts(); cohort++) {
      if (tally.users(cohort) > 0) {
        cohorts.add(cohort(query, tally, cohort, now));
      }
    }
    return new Retention(List.copyOf(cohorts), means(cohorts, query.periods()));
  }

  @Override
  public long[] users(ProjectId project, RetentionQuery query, RetentionCell cell, Instant now) {
    RetentionTally tally = new RetentionTally(query);
    LongStream.Builder found = LongStream.builder();
    activity.scan(
        project,
        query,
        (userNumber, marks) -> {
          tally.add(marks);
          if (tally.isBehind(cell)) {
            found.add(userNumber);
          }
        });
    return found.build().sorted().toArray();
  }

  private static Cohort cohort(
      RetentionQuery query, RetentionTally tally, int cohort, Instant now) {
    int index = query.firstCohort() + cohort;
    long users = tally.users(cohort);
    List<Cell> cells = new ArrayList<>();
    for (int period = 0; period < query.periods(); period++) {
      long returned = tally.returned(cohort, period);
      boolean ended = query.unit().hasEnded(index + period + 1, query.scope().zone(), now);
      cells.add(new Cell(returned, (double) returned / users, !ended));
    }
    return new Cohort(query.unit().startOf(index), users, List.copyOf(cells));
  }

  private static List<Double> means(List<Cohort> cohorts, int periods) {
    List<Double> means = new ArrayList<>();
    for (int period = 0; period < periods; period++) {
      long users = 0;
      long returned = 0;
      for (Cohort cohort : cohorts) {
        Cell cell = cohort.cells().get(period);
        if (!cell.incomplete()) {
          users += cohort.users();
          returned += cell.users();
        }
      }
      means.add(users == 0 ? 0 : (double) returned / users);
    }
    return List.copyOf(means);
  }
}
