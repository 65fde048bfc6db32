package io.tenure.profile.domain.export;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashSet;
import java.util.Set;

/**
 * Bounds how much exports may take from everybody else: one of a project at a time in this process,
 * and a few in all. Held in memory, so that a process that dies holds up nobody.
 */
public final class ExportPlaces {

  private final int most;
  private final Set<ProjectId> running = new HashSet<>();

  /**
   * All free.
   *
   * @param most exports at once
   */
  public ExportPlaces(int most) {
    this.most = most;
  }

  synchronized void take(ProjectId project) {
    if (running.contains(project)) {
      throw Failure.of(
          Reason.RESOURCE_EXHAUSTED, "Another export of the project runs; ask again when it ended");
    }
    if (running.size() >= most) {
      throw Failure.of(
          Reason.RESOURCE_EXHAUSTED, "As many exports run as may; ask again in a while");
    }
    running.add(project);
  }

  synchronized void give(ProjectId project) {
    running.remove(project);
  }
}
