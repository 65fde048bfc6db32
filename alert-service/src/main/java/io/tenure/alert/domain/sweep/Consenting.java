package io.tenure.alert.domain.sweep;

import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;

/** Knows who must not be alerted about. */
@FunctionalInterface
public interface Consenting {

  /**
   * Those of some users who do not agree to marketing.
   *
   * @throws io.tenure.platform.failure.Failure when nobody answers; then nobody may be alerted
   *     about
   */
  UserSet notAllowed(ProjectId project, UserSet users);
}
