package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** All erasures, kept for good. */
public interface Erasures {

  /** Keeps a revision, durably. */
  void save(Erasure erasure);

  /** The newest revision of an erasure. */
  Optional<Erasure> find(ProjectId project, String id);

  /**
   * Erasures of a project, newest first.
   *
   * @param before ids below this one; empty for all
   */
  List<Erasure> list(ProjectId project, String before, int limit);

  /** Those that are not done, of all projects, oldest first. */
  List<Erasure> open();
}
