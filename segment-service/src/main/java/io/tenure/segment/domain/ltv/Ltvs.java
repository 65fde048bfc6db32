package io.tenure.segment.domain.ltv;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Split;
import io.tenure.segment.domain.cohort.Stays;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.ltv.Ltv.Cohort;
import io.tenure.segment.domain.ltv.Ltv.Count;
import io.tenure.segment.domain.ltv.Ltv.Part;
import io.tenure.segment.domain.tally.Amount;
import io.tenure.segment.domain.tally.ByValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers what users have brought. */
public final class Ltvs implements Model<LtvQuery, Ltv, LtvCell> {

  private final Stays stays;

  /** Values over the given journeys. */
  public Ltvs(Journeys journeys) {
    this.stays = new Stays(journeys);
  }

  @Override
  public Ltv run(ProjectId project, LtvQuery query, Instant now) {
    Split<LtvTally> split = new Split<>(query.cohorts(), () -> tally(query));
    stays.scan(project, query.cohorts(), stay -> split.add(stay, tally -> tally.add(stay)));
    return new Ltv(split.parts(tally -> part(query, tally, now)));
  }

  @Override
  public long[] users(ProjectId project, LtvQuery query, LtvCell cell, Instant now) {
    ByValue.Choice choice = new ByValue.Choice(cell.value(), query.cohorts().shownValues());
    stays.scan(
        project,
        query.cohorts(),
        stay ->
            choice.add(
                stay.value(),
                1,
                stay.userNumber(),
                stay.cohort() == cell.cohort()
                    && (cell.payersUntil() == LtvCell.COHORT
                        || LtvTally.paidUntil(stay, cell.payersUntil()))));
    return choice.users();
  }

  private static LtvTally tally(LtvQuery query) {
    return new LtvTally(query.cohorts().cohorts(), query.cohorts().horizon());
  }

  private static Part part(LtvQuery query, LtvTally tally, Instant now) {
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < tally.cohorts(); cohort++) {
      if (tally.users(cohort) > 0) {
        cohorts.add(cohort(query.cohorts(), tally, cohort, now));
      }
    }
    return new Part(List.copyOf(cohorts), means(cohorts, query.cohorts().horizon() + 1));
  }

  private static Cohort cohort(CohortQuery query, LtvTally tally, int cohort, Instant now) {
    List<Count> counts = new ArrayList<>();
    Amount amount = Amount.NONE;
    long payers = 0;
    for (int step = 0; step <= query.horizon(); step++) {
      amount = amount.plus(tally.amount(cohort, step));
      payers += tally.firstPaid(cohort, step);
      counts.add(
          new Count(tally.users(cohort), amount, payers, query.end(cohort, step).isAfter(now)));
    }
    String start = query.unit().label(query.firstCohort() + cohort);
    return new Cohort(start, tally.users(cohort), List.copyOf(counts));
  }

  private static List<Count> means(List<Cohort> cohorts, int steps) {
    List<Count> means = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      long users = 0;
      long payers = 0;
      Amount amount = Amount.NONE;
      for (Cohort cohort : cohorts) {
        Count count = cohort.counts().get(step);
        if (!count.incomplete()) {
          users += count.users();
          payers += count.payers();
          amount = amount.plus(count.amount());
        }
      }
      means.add(new Count(users, amount, payers, false));
    }
    return List.copyOf(means);
  }
}
