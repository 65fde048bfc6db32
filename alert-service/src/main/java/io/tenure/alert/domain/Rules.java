package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Reads the rules. */
public interface Rules {

  /** The current state of a rule. */
  Optional<Recorded<Rule>> find(ProjectId project, String id);

  /** All rules by id. */
  List<Recorded<Rule>> list(ProjectId project);

  /** Projects that have or had rules. */
  List<ProjectId> projects();
}
