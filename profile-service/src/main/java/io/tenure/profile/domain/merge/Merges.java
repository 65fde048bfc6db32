package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every merge, kept for good. */
public interface Merges {

  /** Saves a state; the highest revision counts. */
  void save(Merge merge);

  /** Saves the states of several, together. */
  void save(List<Merge> several);

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

  /** Those of a project that have been in a state since a time or longer, oldest first. */
  List<Merge> in(ProjectId project, Merge.State state, Instant until, int limit);

  /** Projects with a merge that has been in one of these states since a time or longer. */
  List<ProjectId> with(Set<Merge.State> states, Instant until);
}
