package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.GoneUsers.Gone;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Durable profiles whose ids can be put back into a hot store that forgot them, but for those of
 * users who are gone; and no number up to the highest of theirs is given again, since their events
 * may still be there and must never become somebody else's.
 */
public final class RememberedProfiles implements DurableProfiles {

  private final DurableProfiles profiles;
  private final List<GoneUsers> memories;

  /** Profiles less those of users whom one of the memories knows. */
  public RememberedProfiles(DurableProfiles profiles, List<GoneUsers> memories) {
    this.profiles = profiles;
    this.memories = List.copyOf(memories);
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
    List<Gone> gone = memories.stream().<Gone>map(memory -> memory.of(project)).toList();
    long highest = gone.stream().mapToLong(Gone::highestNumber).max().orElse(0);
    if (UserKey.isValid(highest)) {
      consumer.accept(new Binding(highest, "", List.of(), List.of(), List.of()));
    }
    profiles.bindings(
        project,
        since,
        binding -> {
          if (gone.stream().noneMatch(some -> some.covers(binding.userNumber()))) {
            consumer.accept(binding);
          }
        });
  }
}
