package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Collection;
import java.util.List;

/**
 * Whom stored events are about that carry the number of a merged user. Queries see a change when
 * the call returns.
 */
public interface Overrides {

  /** Writes and removes overrides together. */
  void replace(ProjectId project, List<Override> written, Collection<Long> removed);

  /** All of a project. */
  List<Override> list(ProjectId project);

  /**
   * One number stands for another.
   *
   * @param oldNumber as stored
   * @param newNumber the user now; never one that is overridden itself
   */
  record Override(long oldNumber, long newNumber) {}
}
