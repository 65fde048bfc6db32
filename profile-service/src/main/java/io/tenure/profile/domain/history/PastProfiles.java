package io.tenure.profile.domain.history;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells what was known about a user at a time. A profile that has not changed since answers for
 * itself, so the history is asked about those only that have.
 */
public final class PastProfiles {

  private final ProfileDirectory directory;
  private final ProfileHistory history;

  /** Profiles of the past from the given stores. */
  public PastProfiles(ProfileDirectory directory, ProfileHistory history) {
    this.directory = directory;
    this.history = history;
  }

  /**
   * What was known about who has the id today.
   *
   * @param asOf rounded down to a quarter of an hour
   * @return empty when nobody has the id, or nothing was known yet, or it is no longer kept
   */
  public Optional<Profile> find(ProjectId project, String id, Instant asOf) {
    Instant quarter = floor(asOf);
    Optional<Profile> now = directory.find(project, List.of(id)).getFirst();
    if (now.isEmpty() || now.get().updateTime().isBefore(quarter)) {
      return now;
    }
    return history.find(now.get().user(), quarter);
  }

  private static Instant floor(Instant time) {
    long quarter = ProfileHistory.QUARTER.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), quarter) * quarter);
  }
}
