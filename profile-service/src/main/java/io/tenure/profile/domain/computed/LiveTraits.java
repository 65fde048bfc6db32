package io.tenure.profile.domain.computed;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.activity.EventTally;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes live traits when a profile is read, from the counts by day that it holds. A profile
 * whose counts do not add up to its events has forgotten some; it keeps what the last computation
 * said.
 */
public final class LiveTraits {

  private final LiveTraitCatalog catalog;
  private final Profiled profiled;
  private final Clock clock;

  /**
   * Live traits of the given definitions.
   *
   * @param profiled who gets none
   */
  public LiveTraits(LiveTraitCatalog catalog, Profiled profiled, Clock clock) {
    this.catalog = catalog;
    this.profiled = profiled;
    this.clock = clock;
  }

  /** The profile with its live traits as of now. */
  public Profile asOfNow(Profile profile) {
    List<ComputedTrait> live = catalog.of(profile.user().project());
    if (live.isEmpty() || !profile.activity().isComplete(profile.eventCount())) {
      return profile;
    }
    if (!profiled.mayBe(profile.user().project(), profile.user().number())) {
      return profile;
    }
    Instant now = clock.instant();
    Map<String, TraitValue> traits = new HashMap<>(profile.traits());
    for (ComputedTrait trait : live) {
      value(trait, profile, now)
          .ifPresentOrElse(value -> traits.put(trait.id(), value), () -> traits.remove(trait.id()));
    }
    return profile.withTraits(traits);
  }

  private static Optional<TraitValue> value(ComputedTrait trait, Profile profile, Instant now) {
    @Nullable String text = profile.activity().events().get(trait.events().name());
    if (text == null) {
      return Optional.empty();
    }
    EventTally tally = EventTally.parse(text);
    LocalDate today = LocalDate.ofInstant(now, trait.zone());
    LocalDate first = trait.windowDays() == 0 ? LocalDate.MIN : trait.firstDay(now);
    if (trait.calculation() == Calculation.COUNT) {
      long count = tally.countBetween(first, today);
      return count == 0 ? Optional.empty() : Optional.of(number(count));
    }
    LocalDate last = LocalDate.ofInstant(tally.lastTime(), trait.zone());
    return last.isBefore(first)
        ? Optional.empty()
        : Optional.of(number(Math.max(0, ChronoUnit.DAYS.between(last, today))));
  }

  private static TraitValue number(long number) {
    return new TraitValue(Long.toString(number));
  }

  /** The live definitions of a project, at hand without asking a store. */
  @FunctionalInterface
  public interface LiveTraitCatalog {

    /** The live traits of a project, at most about a second old. */
    List<ComputedTrait> of(ProjectId project);
  }
}
