package io.tenure.profile.domain.computed;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Asks which users fulfil a condition; whoever interprets segments knows. */
public interface RuleAudience {

  /** Numbers of the users who fulfil a condition as of an instant, ascending. */
  long[] matching(ProjectId project, String condition, Instant asOf);

  /**
   * Has a condition checked by whoever will evaluate it.
   *
   * @param field names the condition in the refusal
   * @throws Failure INVALID_ARGUMENT with paths below the field
   */
  void check(ProjectId project, String condition, String field);
}
