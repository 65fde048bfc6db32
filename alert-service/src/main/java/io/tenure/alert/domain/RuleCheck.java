package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;

/** Whether a rule can be evaluated. */
public interface RuleCheck {

  /**
   * Has the condition and the outcome of a rule checked by whoever will evaluate them.
   *
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT with paths below {@code rule}
   */
  void check(ProjectId project, Rule rule);
}
