package io.tenure.segment.domain.background;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Optional;

/** Where all processes see which executions there are; entries live an hour. */
public interface RunBoard {

  /** Shows how far an execution is. */
  void show(ProjectId project, BackgroundRun run);

  /** How far an execution is. */
  Optional<BackgroundRun> find(ProjectId project, String id);

  /** Asks whoever computes it to stop. */
  void cancel(ProjectId project, String id);

  /** Whether somebody asked to stop. */
  boolean isCancelled(ProjectId project, String id);
}
