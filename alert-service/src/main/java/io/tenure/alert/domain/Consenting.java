package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;

/** Knows what must not be done with whom. */
@FunctionalInterface
public interface Consenting {

  /**
   * Those of some users for whom a purpose is not allowed, by what they said or, where they said
   * nothing, by the policy of the project.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers; then it is allowed for nobody
   */
  UserSet notAllowed(ProjectId project, Purpose purpose, UserSet users);

  /** What this service does with people that they can refuse. */
  enum Purpose {
    /** Alerts are raised about them. */
    MARKETING,
    /** Alerts about them go to somebody outside the institution. */
    SHARING
  }
}
