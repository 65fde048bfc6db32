package io.tenure.profile.store.seal;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.history.ProfileHistory;
import java.time.Instant;
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
  public Optional<Profile> find(UserKey user, Instant quarter) {
    return history
        .find(user, quarter)
        .map(profile -> seal.open(List.of(Texts.of(profile))).getFirst().texts().in(profile));
  }
}
