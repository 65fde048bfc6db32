package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where runs are kept. */
public interface RetentionRuns {

  /** Writes a state. */
  void save(RetentionRun run);

  /** Runs of a project before an id, newest first; an empty id starts. */
  List<RetentionRun> list(ProjectId project, String before, int limit);

  /** Those that are not done, of all projects. */
  List<RetentionRun> open();

  /** When the last one of any project began. */
  Optional<Instant> lastStart();
}
