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

  /** Reads what changed. */
  void refresh();
}
