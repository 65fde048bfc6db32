package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Durable profiles whose ids can be put back into a hot store that forgot them, but for erased
 * people's; and no number of an erased person is given again.
 */
public final class RememberedProfiles implements DurableProfiles {

  private final DurableProfiles profiles;
  private final Tombstones tombstones;

  /** Profiles less those with tombstones. */
  public RememberedProfiles(DurableProfiles profiles, Tombstones tombstones) {
    this.profiles = profiles;
    this.tombstones = tombstones;
  }

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    return profiles.find(project, userNumbers);
  }

  @Override
  public void save(String origin, List<Profile> saved) {
    profiles.save(origin, saved);
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    return profiles.watermarks(project);
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    Stones stones = tombstones.of(project);
    if (!stones.isEmpty() && UserKey.isValid(stones.highestNumber())) {
      consumer.accept(new Binding(stones.highestNumber(), "", List.of(), List.of(), List.of()));
    }
    profiles.bindings(
        project,
        since,
        binding -> {
          if (!stones.covers(binding.userNumber())) {
            consumer.accept(binding);
          }
        });
  }
}
