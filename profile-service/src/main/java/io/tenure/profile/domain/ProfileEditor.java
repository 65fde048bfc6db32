package io.tenure.profile.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.ProfileSource.Loaded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Changes single profiles outside of any log, each as long as nobody else changed it meanwhile. */
public final class ProfileEditor {

  private final Identities identities;
  private final HotProfiles hot;
  private final DurableProfiles durable;
  private final ProfileSource source;
  private final Clock clock;
  private final int attempts;

  /**
   * An editor over the given stores.
   *
   * @param attempts how often a profile that somebody else keeps changing is tried
   */
  public ProfileEditor(
      Identities identities, HotProfiles hot, DurableProfiles durable, Clock clock, int attempts) {
    this.identities = identities;
    this.hot = hot;
    this.durable = durable;
    this.source = new ProfileSource(hot, durable);
    this.clock = clock;
    this.attempts = attempts;
  }

  /** A profile by its own number, also a hidden one. */
  public Optional<Profile> find(ProjectId project, long number) {
    return Optional.ofNullable(load(new UserKey(project, number), epoch(project)).profile());
  }

  /**
   * Changes a profile in the hot store.
   *
   * @param change gets the profile and the time; may be called several times
   * @return the profile as it is now
   * @throws Failure NOT_FOUND when there is none
   */
  public Profile change(
      ProjectId project, long number, BiFunction<Profile, Instant, Profile> change) {
    UserKey key = new UserKey(project, number);
    String epoch = epoch(project);
    for (int attempt = 0; attempt < attempts; attempt++) {
      Loaded loaded = load(key, epoch);
      @Nullable Profile before = loaded.profile();
      if (before == null) {
        throw Failure.notFound("profile", "user_number:" + number);
      }
      Profile after = change.apply(before, Instant.ofEpochMilli(clock.millis()));
      if (after.equals(before)
          || hot.save(List.of(new Replacement(loaded.held(), after, epoch))).isEmpty()) {
        return after;
      }
    }
    throw Failure.unavailable("A profile is changed by too many at once", Duration.ofMillis(100));
  }

  /** Writes what was changed durably, all or none. */
  public void save(String origin, List<Profile> profiles) {
    durable.save(origin, profiles);
  }

  private String epoch(ProjectId project) {
    return identities.find(project, List.of()).epoch();
  }

  private Loaded load(UserKey key, String epoch) {
    return Objects.requireNonNull(
        source.load(key.project(), Set.of(key), epoch, Set.of()).get(key));
  }
}
