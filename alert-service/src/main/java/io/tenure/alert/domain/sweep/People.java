package io.tenure.alert.domain.sweep;

import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;

/** Tells who users are. */
@FunctionalInterface
public interface People {

  /** The users by number; those nobody knows are left out. */
  Map<Long, Person> find(ProjectId project, UserSet users);
}
