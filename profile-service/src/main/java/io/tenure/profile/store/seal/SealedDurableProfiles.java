package io.tenure.profile.store.seal;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.store.seal.TraitSeal.Opened;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Durable profiles whose personal traits lie sealed in the store behind. */
public final class SealedDurableProfiles implements DurableProfiles {

  private final DurableProfiles profiles;
  private final TraitSeal seal;

  /** Seals what goes into the given profiles. */
  public SealedDurableProfiles(DurableProfiles profiles, TraitSeal seal) {
    this.profiles = profiles;
    this.seal = seal;
  }

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    List<Profile> found = List.copyOf(profiles.find(project, userNumbers).values());
    List<Opened> opened = seal.open(found.stream().map(Texts::of).toList());
    Map<UserKey, Profile> result = LinkedHashMap.newLinkedHashMap(found.size());
    for (int i = 0; i < found.size(); i++) {
      result.put(found.get(i).user(), opened.get(i).texts().in(found.get(i)));
    }
    return result;
  }

  @Override
  public void save(String origin, List<Profile> saved) {
    profiles.save(origin, seal.sealProfiles(saved));
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    return profiles.watermarks(project);
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    profiles.bindings(project, since, consumer);
  }
}
