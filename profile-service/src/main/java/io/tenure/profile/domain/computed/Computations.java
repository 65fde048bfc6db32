package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps how far every computation is. */
public interface Computations {

  /** Keeps a state; of two with one id, the higher revision counts. */
  void save(Computation computation);

  /** One computation. */
  Optional<Computation> find(ProjectId project, String id);

  /**
   * Computations, newest first; ids ascend with time.
   *
   * @param definitionId empty for all
   * @param before only ids below it; empty for no bound
   */
  List<Computation> list(ProjectId project, String definitionId, String before, int limit);

  /** Those that have not ended, of all projects, oldest first. */
  List<Computation> open();
}
