package io.tenure.alert.domain.backtest;

import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Asks which users did something in a time. */
public interface Activity {

  /**
   * Users with at least one event of the selector in [start, end).
   *
   * @param activityJson the selector as protocol JSON
   */
  UserSet active(ProjectId project, String activityJson, Instant start, Instant end);
}
