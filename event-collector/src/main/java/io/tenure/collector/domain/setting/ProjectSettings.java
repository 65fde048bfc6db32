package io.tenure.collector.domain.setting;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;

/**
 * What people set for projects, of one kind. The door asks for every request, so an answer comes
 * from memory and never waits for a store; it may be a second old.
 *
 * @param <T> one setting
 */
public interface ProjectSettings<T> {

  /** The settings of a project by id; empty until they were read for the first time. */
  Map<String, T> of(ProjectId project);

  /**
   * Makes sure that the settings of a project were read once; only then does it wait for a store.
   *
   * @return false when they were not, because a store is away
   */
  default boolean ensure(ProjectId project) {
    return true;
  }

  /** Reads what changed. */
  void refresh();
}
