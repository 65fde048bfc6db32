package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.domain.erasure.Keeper.Subject;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Removes profiles of people no record came of from the hot store. */
public final class StaleProfiles {

  private final StaleUsers users;
  private final DurableProfiles profiles;
  private final HotProfiles hot;
  private final Keeper keeper;

  /**
   * Removes profiles of the given users.
   *
   * @param keeper forgets people in the hot store
   */
  public StaleProfiles(StaleUsers users, DurableProfiles profiles, HotProfiles hot, Keeper keeper) {
    this.users = users;
    this.profiles = profiles;
    this.hot = hot;
    this.keeper = keeper;
  }

  /** Removes what is too old of a project. */
  void remove(String runId, Expiry expiry, Set<String> computed) {
    if (Expiry.isSet(expiry.profiles())) {
      users.each(
          runId,
          expiry,
          Part.PROFILE,
          computed,
          numbers -> forget(runId, expiry, numbers, find(expiry, numbers)));
    }
  }

  /** Who rebuilt the hot store meanwhile may have put back what was read before the rows went. */
  void removeAgain(String runId, Expiry expiry) {
    users.eachNoted(runId, expiry, Part.PROFILE, noted -> removeAgain(runId, expiry, noted));
  }

  private void removeAgain(String runId, Expiry expiry, List<Long> noted) {
    ProjectId project = expiry.project();
    Set<UserKey> gone = new LinkedHashSet<>();
    noted.forEach(number -> gone.add(new UserKey(project, number)));
    gone.removeAll(profiles.find(project, noted).keySet());
    for (Held back : hot.load(gone).values()) {
      Profile profile = back.profile();
      forget(runId, expiry, List.of(profile.user().number()), List.of(profile));
    }
  }

  private Collection<Profile> find(Expiry expiry, List<Long> numbers) {
    return profiles.find(expiry.project(), numbers).values();
  }

  private void forget(String runId, Expiry expiry, List<Long> numbers, Collection<Profile> found) {
    Subject subject = Subject.of(runId, numbers, found, expiry.start());
    keeper.erase(expiry.project(), List.of(subject), false);
  }
}
