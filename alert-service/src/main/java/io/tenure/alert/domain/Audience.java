package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/** Asks which users fulfil something at an instant; nothing at or after the instant is seen. */
public interface Audience {

  /** Users who fulfil a condition as of an instant. */
  UserSet matching(ProjectId project, Condition condition, Instant asOf);
}
