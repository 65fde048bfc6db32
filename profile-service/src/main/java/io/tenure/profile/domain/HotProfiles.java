package io.tenure.profile.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The current profiles, fast and forgetful: what is lost here comes back from the durable ones. */
public interface HotProfiles {

  /** Reads profiles in one round trip; users it does not know are left out. */
  Map<UserKey, Held> load(Collection<UserKey> users);

  /**
   * Replaces profiles in one round trip, each only when it is still the one that was read.
   *
   * @return the users whose profile changed in between; nothing was written for them
   */
  Set<UserKey> save(List<Replacement> replacements);

  /**
   * A profile as the hot store holds it.
   *
   * @param epoch life of the store in which the profile was last known to be complete
   * @param stale whether it lies there in another form than it would be written in now
   */
  record Held(Profile profile, String epoch, boolean stale) {

    /** As it would be written. */
    public Held(Profile profile, String epoch) {
      this(profile, epoch, false);
    }
  }

  /**
   * A profile to write.
   *
   * @param held what the store held when it was read; null for nothing
   */
  record Replacement(@Nullable Held held, Profile profile, String epoch) {}
}
