package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identities.Found;
import io.tenure.profile.domain.ProfileSource.Loaded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds profiles by any id a user is known by. */
public final class ProfileDirectory {

  private static final String NUMBER_PREFIX = "user_number:";

  private final Identities identities;
  private final ProfileSource source;

  /** A directory over the given stores. */
  public ProfileDirectory(Identities identities, HotProfiles hot, DurableProfiles durable) {
    this.identities = identities;
    this.source = new ProfileSource(hot, durable);
  }

  /**
   * Finds profiles.
   *
   * @param ids login ids, device ids, or {@code user_number:N}
   * @return one answer for each id, in order
   */
  public List<Optional<Profile>> find(ProjectId project, List<String> ids) {
    Found found = identities.find(project, ids);
    List<Long> numbers = new ArrayList<>(ids.size());
    Set<UserKey> users = new LinkedHashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      long number =
          ids.get(i).startsWith(NUMBER_PREFIX) ? number(ids.get(i)) : found.userNumbers().get(i);
      numbers.add(number);
      if (UserKey.isValid(number)) {
        users.add(new UserKey(project, number));
      }
    }
    Map<UserKey, Loaded> loaded = following(project, users, found.epoch());
    return numbers.stream()
        .map(
            number ->
                UserKey.isValid(number)
                    ? Optional.ofNullable(loaded.get(new UserKey(project, number)))
                        .flatMap(one -> Optional.ofNullable(one.profile()))
                    : Optional.<Profile>empty())
        .toList();
  }

  /** The profiles of users known by their numbers; those nobody knows are left out. */
  public Map<Long, Profile> load(ProjectId project, Collection<Long> numbers) {
    Set<UserKey> users = new LinkedHashSet<>();
    numbers.forEach(number -> users.add(new UserKey(project, number)));
    String epoch = identities.find(project, List.of()).epoch();
    Map<Long, Profile> profiles = new HashMap<>();
    source
        .load(project, users, epoch, Set.of())
        .forEach(
            (user, loaded) -> {
              @Nullable Profile profile = loaded.profile();
              if (profile != null) {
                profiles.put(user.number(), profile);
              }
            });
    return profiles;
  }

  /** By each number the user it stands for, also when that one was merged into another. */
  private Map<UserKey, Loaded> following(ProjectId project, Set<UserKey> users, String epoch) {
    Map<UserKey, Loaded> loaded = new HashMap<>(source.load(project, users, epoch, Set.of()));
    Map<UserKey, UserKey> targets = targets(loaded);
    while (!targets.isEmpty()) {
      Map<UserKey, Loaded> next =
          source.load(project, new LinkedHashSet<>(targets.values()), epoch, Set.of());
      targets.forEach((user, target) -> loaded.put(user, next.get(target)));
      targets = targets(loaded);
    }
    return loaded;
  }

  private static Map<UserKey, UserKey> targets(Map<UserKey, Loaded> loaded) {
    Map<UserKey, UserKey> targets = new HashMap<>();
    loaded.forEach(
        (user, found) -> {
          @Nullable Profile profile = found.profile();
          if (profile != null && profile.merging().isMerged()) {
            targets.put(user, new UserKey(user.project(), profile.merging().into()));
          }
        });
    return targets;
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id, NUMBER_PREFIX.length(), id.length(), 10);
    } catch (NumberFormatException none) {
      return 0;
    }
  }
}
