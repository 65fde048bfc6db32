package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import java.util.Optional;

/** Lets one process at a time compute for a project. */
public interface ComputationTurns {

  /**
   * Takes the turn.
   *
   * @param above the turn's number is higher than this and any before
   * @return empty while somebody else has it
   */
  Optional<Turn> take(ProjectId project, long above);

  /** The right to compute, until it ends by itself when it is not kept. */
  interface Turn extends AutoCloseable {

    /** Never given to anybody else. */
    long number();

    /** Whether it is still held; if so, for another while. */
    boolean keep();

    @Override
    void close();
  }
}
