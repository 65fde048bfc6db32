package io.tenure.segment.domain.segment;

import io.tenure.condition.domain.Condition;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Tells which users fulfil a condition as of an instant, without keeping anything. */
public interface Audiences {

  /** How many users fulfil the condition. */
  long count(ProjectId project, Condition condition, Instant asOf);

  /** The users who fulfil the condition, ascending. */
  long[] users(ProjectId project, Condition condition, Instant asOf);
}
