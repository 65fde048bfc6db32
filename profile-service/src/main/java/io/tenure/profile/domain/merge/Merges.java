package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Every merge, kept for good. */
public interface Merges {

  /** Saves a state; the highest revision counts. */
  void save(Merge merge);

  /** One merge. */
  Optional<Merge> find(ProjectId project, String id);

  /**
   * Merges, newest first.
   *
   * @param users only those of one of these numbers; empty for all
   * @param before only ids before this; empty to start
   */
  List<Merge> list(ProjectId project, List<Long> users, String before, int limit);

  /** All that hold in a project. */
  List<Merge> holding(ProjectId project);

  /** All in a state, in all projects, oldest first. */
  List<Merge> in(Merge.State state);
}
