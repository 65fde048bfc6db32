package io.tenure.profile.store.seal;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.history.ProfileHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Former states, opened with the key the user has today. */
public final class SealedProfileHistory implements ProfileHistory {

  private final ProfileHistory history;
  private final TraitSeal seal;

  /** Opens what comes from the given history. */
  public SealedProfileHistory(ProfileHistory history, TraitSeal seal) {
    this.history = history;
    this.seal = seal;
  }

  @Override
  public List<Profile> page(UserKey user, Instant after, int limit) {
    List<Profile> page = history.page(user, after, limit);
    List<TraitSeal.Opened> opened = seal.open(page.stream().map(Texts::of).toList());
    List<Profile> result = new ArrayList<>(page.size());
    for (int i = 0; i < page.size(); i++) {
      result.add(opened.get(i).texts().in(page.get(i)));
    }
    return result;
  }

  @Override
  public Optional<Profile> find(UserKey user, Instant quarter) {
    return history
        .find(user, quarter)
        .map(profile -> seal.open(List.of(Texts.of(profile))).getFirst().texts().in(profile));
  }
}
