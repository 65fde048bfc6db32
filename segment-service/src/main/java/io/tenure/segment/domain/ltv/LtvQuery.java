package io.tenure.segment.domain.ltv;

import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.CohortQuery;
import io.tenure.segment.domain.cohort.Cohorting;

/**
 * Asks what the users of a cohort have brought.
 *
 * @param cohorts who starts when, and the amounts that follow
 */
public record LtvQuery(CohortQuery cohorts) implements Question {

  /** Accepts an amount and one start for each user. */
  public LtvQuery {
    if (cohorts.amount() == null) {
      throw new IllegalArgumentException("The property with the amount is required");
    }
    if (cohorts.cohorting() == Cohorting.EVERY_PERIOD) {
      throw new IllegalArgumentException("A user starts once only");
    }
  }

  @Override
  public Scope scope() {
    return cohorts.scope();
  }
}
