package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.ProfileSource.Loaded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes profiles that no record changed: in another form, or without what is kept no longer. */
public final class Rewriting {

  private final Identities identities;
  private final HotProfiles hot;
  private final DurableProfiles durable;
  private final ProfileSource source;

  /** Rewrites in the given stores. */
  public Rewriting(Identities identities, HotProfiles hot, DurableProfiles durable) {
    this.identities = identities;
    this.hot = hot;
    this.durable = durable;
    this.source = new ProfileSource(hot, durable);
  }

  /** Writes the profiles of some users again; who changes meanwhile is written by that. */
  public void rewrite(ProjectId project, List<Long> numbers) {
    Set<UserKey> users = new LinkedHashSet<>();
    numbers.forEach(number -> users.add(new UserKey(project, number)));
    String epoch = identities.find(project, List.of()).epoch();
    Map<UserKey, Loaded> loaded = source.load(project, users, epoch, Set.of());
    List<Replacement> replacements = new ArrayList<>();
    List<Profile> profiles = new ArrayList<>();
    loaded.forEach(
        (user, found) -> {
          @Nullable Profile profile = found.profile();
          if (profile != null) {
            profiles.add(profile);
            if (found.held() != null && found.held().stale()) {
              replacements.add(new Replacement(found.held(), profile, found.held().epoch()));
            }
          }
        });
    Set<UserKey> changed = hot.save(replacements);
    profiles.removeIf(profile -> changed.contains(profile.user()));
    if (!profiles.isEmpty()) {
      durable.save("rewriting:" + project, profiles);
    }
  }

  /**
   * Changes profiles in both stores; who changes meanwhile is left as that makes them. Those that
   * need no change are written again too, since an earlier attempt may have ended in between.
   *
   * @param origin names why, see {@link DurableProfiles#save}
   * @param change leaves everything but traits and numbers as it is
   */
  public void change(
      ProjectId project, List<Long> numbers, String origin, UnaryOperator<Profile> change) {
    Set<UserKey> users = new LinkedHashSet<>();
    numbers.forEach(number -> users.add(new UserKey(project, number)));
    String epoch = identities.find(project, List.of()).epoch();
    List<Replacement> replacements = new ArrayList<>();
    List<Profile> profiles = new ArrayList<>();
    source
        .load(project, users, epoch, Set.of())
        .forEach(
            (user, found) -> {
              @Nullable Profile before = found.profile();
              if (before != null) {
                Profile after = change.apply(before);
                if (!after.equals(before)) {
                  after = after.withRevision(before.revision() + 1);
                  replacements.add(new Replacement(found.held(), after, epoch));
                }
                profiles.add(after);
              }
            });
    Set<UserKey> changed = hot.save(replacements);
    profiles.removeIf(profile -> changed.contains(profile.user()));
    if (!profiles.isEmpty()) {
      durable.save(origin, profiles);
    }
  }
}
