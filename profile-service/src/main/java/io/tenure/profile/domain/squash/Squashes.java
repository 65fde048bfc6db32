package io.tenure.profile.domain.squash;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** All squashes, kept for good. */
public interface Squashes {

  /** Keeps a revision. */
  void save(Squash squash);

  /** The newest revision of a squash. */
  Optional<Squash> find(ProjectId project, String id);

  /**
   * Squashes of a project, newest first.
   *
   * @param before ids below this one; empty for all
   */
  List<Squash> list(ProjectId project, String before, int limit);

  /** Those that have not ended, of all projects, oldest first. */
  List<Squash> open();
}
