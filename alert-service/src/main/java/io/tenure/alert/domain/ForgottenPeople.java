package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Collection;
import java.util.Map;

/** Forgets the alerts about people who are erased. */
public interface ForgottenPeople {

  /** How many alerts there are about each, by user number. */
  Map<Long, Long> count(ProjectId project, Collection<Long> userNumbers);

  /** Erases all alerts about them. */
  void erase(ProjectId project, Collection<Long> userNumbers);
}
