package io.tenure.experiment.domain;

import io.tenure.platform.tenancy.ProjectId;

/** Whoever serves what people define, to be told of a change at once instead of a refresh later. */
@FunctionalInterface
public interface ChangeListener {

  /** Something of the project changed. */
  void changed(ProjectId project);
}
