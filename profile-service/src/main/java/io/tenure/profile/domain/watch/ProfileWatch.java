package io.tenure.profile.domain.watch;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.watch.ChangeLog.Changes;
import java.util.List;

/**
 * Follows the changed profiles of a project. It tells that a profile changed and how it is now, not
 * every state in between; each change is told at least once.
 */
public final class ProfileWatch {

  private final ChangeLog changes;
  private final ProfileDirectory directory;

  /** A watch over the given stores. */
  public ProfileWatch(ChangeLog changes, ProfileDirectory directory) {
    this.changes = changes;
    this.directory = directory;
  }

  /** Where to begin for changes from now on. */
  public String end(ProjectId project) {
    return changes.end(project);
  }

  /**
   * The next changes.
   *
   * @param place where to go on
   * @throws Failure FAILED_PRECONDITION when a change after the place may be forgotten
   */
  public Step next(ProjectId project, String place) {
    Changes found = changes.read(project, place);
    return found.userNumbers().isEmpty()
        ? new Step(List.of(), found.next())
        : new Step(
            List.copyOf(directory.load(project, found.userNumbers()).values()), found.next());
  }

  /**
   * Changed profiles.
   *
   * @param next where to go on
   */
  public record Step(List<Profile> profiles, String next) {}
}
