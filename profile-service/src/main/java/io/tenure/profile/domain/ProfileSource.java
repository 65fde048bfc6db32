package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Held;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads profiles from the hot store and asks the durable one only where the hot one may have
 * forgotten: it lacks the profile, or has restarted since the profile was last known to be
 * complete.
 */
final class ProfileSource {

  private final HotProfiles hot;
  private final DurableProfiles durable;

  ProfileSource(HotProfiles hot, DurableProfiles durable) {
    this.hot = hot;
    this.durable = durable;
  }

  /**
   * Reads profiles.
   *
   * @param epoch current life of the hot store
   * @param fresh users known to have no profile anywhere yet
   */
  Map<UserKey, Loaded> load(
      ProjectId project, Collection<UserKey> users, String epoch, Set<UserKey> fresh) {
    Map<UserKey, Held> held = hot.load(users);
    List<Long> doubtful = new ArrayList<>();
    for (UserKey user : users) {
      @Nullable Held known = held.get(user);
      if (known == null ? !fresh.contains(user) : !known.epoch().equals(epoch)) {
        doubtful.add(user.number());
      }
    }
    Map<UserKey, Profile> kept = doubtful.isEmpty() ? Map.of() : durable.find(project, doubtful);
    Map<UserKey, Loaded> loaded = new LinkedHashMap<>();
    for (UserKey user : users) {
      @Nullable Held known = held.get(user);
      loaded.put(user, new Loaded(known, latest(known, kept.get(user))));
    }
    return loaded;
  }

  private static @Nullable Profile latest(@Nullable Held held, @Nullable Profile kept) {
    if (held == null) {
      return kept;
    }
    return kept != null && kept.revision() > held.profile().revision() ? kept : held.profile();
  }

  /**
   * A profile as found.
   *
   * @param held what the hot store has; null for nothing
   * @param profile the latest revision of both stores; null when nobody knows the user
   */
  record Loaded(@Nullable Held held, @Nullable Profile profile) {}
}
