package io.tenure.profile.domain.watch;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.UserKey;
import java.util.Collection;
import java.util.Set;

/** Who changed lately, in order; bounded, so what is old is forgotten. */
public interface ChangeLog {

  /** Appends users whose change is durable. */
  void append(Collection<UserKey> users);

  /** The place behind the last change. */
  String end(ProjectId project);

  /**
   * Reads on from a place, some entries at most.
   *
   * @param place from this log
   * @throws Failure FAILED_PRECONDITION when a change after the place may be forgotten
   */
  Changes read(ProjectId project, String place);

  /**
   * Users that changed.
   *
   * @param next the place behind them; the one asked for when there are none
   */
  record Changes(Set<Long> userNumbers, String next) {
    /** Copies the numbers. */
    public Changes {
      userNumbers = Set.copyOf(userNumbers);
    }
  }
}
