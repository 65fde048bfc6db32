package io.tenure.profile.domain.merge;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.Release;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives ids to another user, at one place of every log: while ids are held no record is resolved,
 * so what was resolved before keeps its user when it comes again, and what comes after has the new.
 */
public interface IdMoves {

  /** How long nothing is resolved for a holder that has not written down what it is about to do. */
  Duration SHORT_HOLD = Duration.ofSeconds(15);

  /**
   * Holds a project's ids back, or goes on doing so. With no ids only for as long as it takes to
   * write down what is to be done: nobody carries on what was never written, so a process that dies
   * before that delays the project's records by {@link #SHORT_HOLD} at most.
   *
   * @param holder who holds; nobody else does meanwhile
   * @throws io.tenure.platform.failure.Failure UNAVAILABLE while somebody else holds
   */
  Holding hold(ProjectId project, String holder, Collection<Identity> ids);

  /**
   * Moves ids and ends the hold.
   *
   * @return false when the hold had ended; nothing was moved then
   */
  boolean move(ProjectId project, String holder, long from, long to, Collection<Identity> ids);

  /** Ends the hold; harmless when it has ended. */
  void end(ProjectId project, String holder);

  /** What is held. */
  record Holding(List<Held> ids) {

    /** The ids one user has. */
    Set<Identity> of(long user) {
      Set<Identity> found = new LinkedHashSet<>();
      ids.stream().filter(held -> held.owner() == user).forEach(held -> found.add(held.id()));
      return found;
    }

    /** The places up to which these ids are their user's. */
    Set<Release> releases(Set<Identity> leaving) {
      Set<Release> releases = new LinkedHashSet<>();
      ids.stream()
          .filter(held -> leaving.contains(held.id()))
          .forEach(held -> releases.addAll(held.releases()));
      return releases;
    }
  }

  /**
   * An id.
   *
   * @param owner its user; 0 for nobody
   * @param releases what to remember when it leaves the user now
   */
  record Held(Identity id, long owner, List<Release> releases) {}
}
