package io.tenure.profile.domain;

import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.activity.ActivityDraft;
import io.tenure.profile.domain.activity.ActivityRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A profile while the records of one batch are applied to it. A record at or below the watermark of
 * its log changes nothing.
 */
final class ProfileDraft {

  private final Profile before;
  private final String logId;
  private final Set<String> anonymousIds;
  private final Map<String, TraitValue> traits;
  private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
  private final Set<Release> releases;
  private final ActivityDraft activity;
  private final MappedIds mapped;
  private final List<String> otherLoginIds;
  private String loginId;
  private @Nullable Instant firstSeenTime;
  private @Nullable Instant lastSeenTime;
  private long eventCount;
  private long watermark;
  private int applied;
  private boolean identified;

  ProfileDraft(Profile before, String logId, ActivityRules rules) {
    this.before = before;
    this.logId = logId;
    this.anonymousIds = new LinkedHashSet<>(before.anonymousIds());
    this.traits = new LinkedHashMap<>(before.traits());
    this.releases = new LinkedHashSet<>(before.releases());
    this.activity = new ActivityDraft(before.activity(), rules);
    this.mapped = new MappedIds(before, releases);
    this.otherLoginIds = new ArrayList<>(before.merging().otherLoginIds());
    this.loginId = before.loginId();
    this.firstSeenTime = before.firstSeenTime();
    this.lastSeenTime = before.lastSeenTime();
    this.eventCount = before.eventCount();
    this.watermark = before.watermarks().getOrDefault(logId, -1L);
  }

  void apply(ProfileUpdate update, Resolution resolution) {
    if (resolution.mapping() != null) {
      mapped.apply(resolution.mapping());
    } else if (update.ids().link() == Link.UNBIND) {
      lose(update.ids(), resolution);
    } else {
      identify(update.ids(), resolution);
    }
    if (update.offset() <= watermark) {
      return;
    }
    watermark = update.offset();
    applied++;
    if (update.event()) {
      see(update.eventName(), update.time());
    }
    for (TraitChange change : update.changes()) {
      apply(change)
          .ifPresentOrElse(
              refusal -> refusals.merge(refusal, 1, Integer::sum),
              () -> follow(change, update.time()));
    }
  }

  /** The profile after all records; the one before when nothing changed. */
  Profile finish(Instant now) {
    if (applied == 0 && !identified && !mapped.changed()) {
      return before;
    }
    Map<String, Long> watermarks = new LinkedHashMap<>(before.watermarks());
    if (watermark >= 0) {
      watermarks.put(logId, watermark);
    }
    return new Profile(
        before.user(),
        mapped.loginId(loginId),
        mapped.anonymousIds(List.copyOf(anonymousIds)),
        mapped.ids(),
        traits,
        firstSeenTime,
        lastSeenTime,
        eventCount,
        activity.finish(),
        now,
        watermarks,
        releases,
        before.merging().withLogins(otherLoginIds),
        before.revision() + 1);
  }

  int applied() {
    return applied;
  }

  Map<Refusal, Integer> refusals() {
    return refusals;
  }

  /**
   * A record, perhaps another user's, takes an id from this user. Once: the user may have got the
   * id back since.
   */
  void lose(Identifiers ids, Resolution resolution) {
    if (resolution.mapping() != null) {
      mapped.apply(resolution.mapping());
      return;
    }
    List<Release> taken = Release.of(ids, resolution);
    if (taken.isEmpty() || releases.contains(taken.getFirst())) {
      return;
    }
    releases.addAll(taken);
    identified = true;
    Release first = taken.getFirst();
    switch (first.kind()) {
      case LOGIN -> loseLogin(first.id());
      case DEVICE -> anonymousIds.remove(first.id());
      case KEYED -> throw new IllegalStateException("Only ID_MAPPING takes such an id");
    }
  }

  /** Another login of a merged user takes the place of the lost one. */
  private void loseLogin(String id) {
    otherLoginIds.remove(id);
    if (id.equals(loginId)) {
      loginId = otherLoginIds.isEmpty() ? "" : otherLoginIds.removeFirst();
    }
  }

  private void identify(Identifiers ids, Resolution resolution) {
    if (loginId.isEmpty() && resolution.ownsLogin() && !ids.loginId().isEmpty()) {
      loginId = ids.loginId();
      identified = true;
    }
    if (resolution.ownsDevice() && !ids.anonymousId().isEmpty()) {
      identified |= anonymousIds.add(ids.anonymousId());
    }
  }

  private void see(String event, Instant time) {
    eventCount++;
    activity.see(event, time);
    if (firstSeenTime == null || time.isBefore(firstSeenTime)) {
      firstSeenTime = time;
    }
    if (lastSeenTime == null || time.isAfter(lastSeenTime)) {
      lastSeenTime = time;
    }
  }

  /** Keeps how a number moved. */
  private void follow(TraitChange change, Instant time) {
    switch (change) {
      case TraitChange.Set(String name, TraitValue value) -> follow(name, time);
      case TraitChange.SetOnce(String name, TraitValue value) -> {
        if (value.equals(traits.get(name))) {
          follow(name, time);
        }
      }
      case TraitChange.Increment(String name, TraitValue amount) -> follow(name, time);
      case TraitChange.Append(String name, TraitValue elements) -> activity.forget(name);
      case TraitChange.Unset(String name) -> activity.forget(name);
      case TraitChange.Delete() -> activity.forgetAll();
      case TraitChange.Unusable(Refusal refusal) -> {}
    }
  }

  private void follow(String name, Instant time) {
    Optional.ofNullable(traits.get(name))
        .flatMap(TraitValue::number)
        .ifPresentOrElse(
            number -> activity.number(name, number, time), () -> activity.forget(name));
  }

  private Optional<Refusal> apply(TraitChange change) {
    return switch (change) {
      case TraitChange.Set(String name, TraitValue value) -> {
        if (value.equals(TraitValue.NULL)) {
          traits.remove(name);
        } else {
          traits.put(name, value);
        }
        yield Optional.empty();
      }
      case TraitChange.SetOnce(String name, TraitValue value) -> {
        if (!value.equals(TraitValue.NULL)) {
          traits.putIfAbsent(name, value);
        }
        yield Optional.empty();
      }
      case TraitChange.Increment(String name, TraitValue amount) -> increment(name, amount);
      case TraitChange.Append(String name, TraitValue elements) -> append(name, elements);
      case TraitChange.Unset(String name) -> {
        traits.remove(name);
        yield Optional.empty();
      }
      case TraitChange.Delete() -> {
        traits.clear();
        yield Optional.empty();
      }
      case TraitChange.Unusable(Refusal refusal) -> Optional.of(refusal);
    };
  }

  private Optional<Refusal> increment(String name, TraitValue amount) {
    var term = amount.number();
    var base = traits.getOrDefault(name, new TraitValue("0")).number();
    if (term.isEmpty() || base.isEmpty()) {
      return Optional.of(Refusal.NOT_A_NUMBER);
    }
    Optional<TraitValue> sum = TraitValue.of(base.get().add(term.get()));
    sum.ifPresent(value -> traits.put(name, value));
    return sum.isPresent() ? Optional.empty() : Optional.of(Refusal.NUMBER_OUT_OF_RANGE);
  }

  private Optional<Refusal> append(String name, TraitValue elements) {
    TraitValue current = traits.getOrDefault(name, TraitValue.list(List.of()));
    if (!current.isList() || elements.equals(TraitValue.NULL)) {
      return Optional.of(Refusal.NOT_A_LIST);
    }
    Set<TraitValue> union = new LinkedHashSet<>(current.elements());
    union.addAll(elements.elements());
    traits.put(name, TraitValue.list(new ArrayList<>(union)));
    return Optional.empty();
  }
}
