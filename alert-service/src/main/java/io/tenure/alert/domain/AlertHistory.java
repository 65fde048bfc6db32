package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;

/** Reads the alerts that were raised. */
public interface AlertHistory {

  /**
   * Alerts after a position, newest first.
   *
   * @param ruleId only this rule; empty for all
   */
  Page<Alert> list(ProjectId project, String ruleId, int size, Position after);
}
