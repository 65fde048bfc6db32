package io.tenure.profile.store.seal;

import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.store.seal.TraitSeal.Opened;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hot profiles whose personal traits lie sealed in the store behind. */
public final class SealedHotProfiles implements HotProfiles {

  /** No value is this one, so every trait beside it differs and is written. */
  private static final String OTHER = "";

  private final HotProfiles profiles;
  private final TraitSeal seal;

  /** Seals what goes into the given profiles. */
  public SealedHotProfiles(HotProfiles profiles, TraitSeal seal) {
    this.profiles = profiles;
    this.seal = seal;
  }

  @Override
  public Map<UserKey, Held> load(Collection<UserKey> users) {
    List<Held> held = List.copyOf(profiles.load(users).values());
    List<Opened> opened = seal.open(held.stream().map(one -> Texts.of(one.profile())).toList());
    Map<UserKey, Held> result = LinkedHashMap.newLinkedHashMap(held.size());
    for (int i = 0; i < held.size(); i++) {
      Held one = held.get(i);
      Profile profile = opened.get(i).texts().in(one.profile());
      result.put(profile.user(), new Held(profile, one.epoch(), opened.get(i).stale()));
    }
    return result;
  }

  @Override
  public Set<UserKey> save(List<Replacement> replacements) {
    List<Profile> after =
        seal.sealProfiles(replacements.stream().map(Replacement::profile).toList());
    List<Profile> before =
        seal.sealProfiles(
            replacements.stream()
                .map(one -> one.held() == null ? one.profile() : one.held().profile())
                .toList());
    List<Replacement> sealed = new ArrayList<>(replacements.size());
    for (int i = 0; i < replacements.size(); i++) {
      Replacement one = replacements.get(i);
      sealed.add(new Replacement(before(one.held(), before.get(i)), after.get(i), one.epoch()));
    }
    return profiles.save(sealed);
  }

  private static @Nullable Held before(@Nullable Held held, Profile sealed) {
    if (held == null) {
      return null;
    }
    if (!held.stale()) {
      return new Held(sealed, held.epoch());
    }
    Texts unlike = Texts.of(sealed).change(name -> true, (place, text) -> OTHER);
    return new Held(unlike.in(sealed), held.epoch());
  }
}
