package io.tenure.profile.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.ProfileSource.Loaded;
import io.tenure.profile.domain.ProfileUnion.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings to survivors what reaches merged users late: records that were resolved before the merge
 * and applied after it. They are applied to the hidden profile under its own watermark, and the
 * survivor takes over the difference, so each counts once for both.
 */
final class Survivors {

  private final HotProfiles hot;
  private final ProfileSource source;
  private final Clock clock;
  private final int attempts;

  Survivors(HotProfiles hot, ProfileSource source, Clock clock, int attempts) {
    this.hot = hot;
    this.source = source;
    this.clock = clock;
    this.attempts = attempts;
  }

  /**
   * Brings the survivors of some merged users up to date, and theirs.
   *
   * @return the survivors, to be written durably; also those that were up to date already
   */
  List<Profile> follow(ProjectId project, String epoch, Collection<Profile> merged) {
    List<Profile> followed = new ArrayList<>();
    for (Profile user : merged) {
      Profile part = user;
      while (part.merging().isMerged()) {
        @Nullable Profile survivor = absorb(project, epoch, part);
        if (survivor == null) {
          break;
        }
        followed.add(survivor);
        part = survivor;
      }
    }
    return followed;
  }

  /** The survivor with the part; null while the merge is not done, which does it itself. */
  private @Nullable Profile absorb(ProjectId project, String epoch, Profile part) {
    for (int attempt = 0; attempt < attempts; attempt++) {
      Loaded loaded = load(project, epoch, part.merging().into());
      @Nullable Profile survivor = loaded.profile();
      @Nullable Absorbed absorbed =
          survivor == null ? null : survivor.merging().absorbed().get(part.user().number());
      if (survivor == null || absorbed == null) {
        return null;
      }
      Profile after =
          ProfileUnion.absorb(
              survivor, part, Why.of(absorbed), Instant.ofEpochMilli(clock.millis()));
      if (after.equals(survivor)
          || hot.save(List.of(new Replacement(loaded.held(), after, epoch))).isEmpty()) {
        return after;
      }
    }
    throw Failure.unavailable("A profile is changed by too many at once", Duration.ofMillis(100));
  }

  private Loaded load(ProjectId project, String epoch, long number) {
    UserKey key = new UserKey(project, number);
    return Objects.requireNonNull(source.load(project, Set.of(key), epoch, Set.of()).get(key));
  }
}
