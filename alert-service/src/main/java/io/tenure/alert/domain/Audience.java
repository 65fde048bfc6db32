package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Asks which users fulfil something at an instant; nothing at or after the instant is seen. */
public interface Audience {

  /** Users who fulfil a condition as of an instant. */
  UserSet matching(ProjectId project, Condition condition, Instant asOf);

  /**
   * Users with at least one event of the selector in [start, end).
   *
   * @param activityJson the selector as protocol JSON
   */
  UserSet active(ProjectId project, String activityJson, Instant start, Instant end);

  /**
   * Has the condition and the outcome of a rule checked by whoever will evaluate them.
   *
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT with paths below {@code rule}
   */
  void check(ProjectId project, Rule rule);
}
