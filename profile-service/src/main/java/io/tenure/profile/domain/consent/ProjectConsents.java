package io.tenure.profile.domain.consent;

import io.tenure.profile.domain.consent.Standing.Reason;
import io.tenure.profile.domain.consent.Timeline.Decision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the people of one project agreed to, in memory. Whoever ever said no is kept decision by
 * decision; of the others, who may be millions, only that they said yes, one bit for each purpose.
 * Such a yes counts for any time: what came in shortly before it is delivered after it.
 */
final class ProjectConsents {

  private final ConsentPolicy policy;
  private final MergedPeople merged;
  private final Map<PersonKey, Map<Purpose, Timeline>> spoken = new HashMap<>();
  private final Map<Purpose, RoaringBitmap> granted = new EnumMap<>(Purpose.class);
  private final Map<Purpose, RoaringBitmap> outdated = new EnumMap<>(Purpose.class);
  private long changes;

  ProjectConsents(ConsentPolicy policy, MergedPeople merged) {
    this.policy = policy;
    this.merged = merged;
    for (Purpose purpose : Purpose.values()) {
      granted.put(purpose, new RoaringBitmap());
      outdated.put(purpose, new RoaringBitmap());
    }
  }

  MergedPeople merged() {
    return merged;
  }

  ConsentPolicy policy() {
    return policy;
  }

  /** Grows with every decision that may change what is allowed. */
  synchronized long changes() {
    return changes;
  }

  /** Whether anybody has to be looked up before their records are applied. */
  synchronized boolean concerns() {
    return !spoken.isEmpty() || policy.needsGrants();
  }

  /**
   * Takes a decision in; again is harmless.
   *
   * @return false for the first no of somebody of whom only a yes is kept: when that was given must
   *     be known now, so all decisions of the person have to be added by {@link #addSpoken}
   */
  synchronized boolean add(ConsentEntry entry) {
    PersonKey person = merged.person(entry.person());
    @Nullable Map<Purpose, Timeline> known = spoken.get(person);
    boolean knownByDecision = known != null && known.containsKey(entry.purpose());
    if (knownByDecision || !person.isNumber()) {
      addSpoken(entry);
      return true;
    }
    if (entry.state() == ConsentState.GRANTED) {
      addGranted(entry);
      return true;
    }
    int number = (int) person.number();
    if (of(granted, entry.purpose()).contains(number)
        || of(outdated, entry.purpose()).contains(number)) {
      return false;
    }
    addSpoken(entry);
    return true;
  }

  /** Takes in a decision of somebody who says no or said no once. */
  synchronized void addSpoken(ConsentEntry entry) {
    boolean added =
        spoken
            .computeIfAbsent(merged.person(entry.person()), none -> new EnumMap<>(Purpose.class))
            .computeIfAbsent(entry.purpose(), none -> new Timeline())
            .add(Decision.of(entry));
    changes += added ? 1 : 0;
  }

  /** Takes in a decision of a user who never said no. */
  synchronized void addGranted(ConsentEntry entry) {
    boolean accepted = policy.rule(entry.purpose()).accepts(entry.textVersion());
    if (merged.isMerged(entry.userNumber())) {
      // Of two users' decisions the later one counts, so their times matter.
      addSpoken(entry);
      return;
    }
    int number = (int) entry.userNumber();
    changes += of(accepted ? granted : outdated, entry.purpose()).checkedAdd(number) ? 1 : 0;
  }

  /** The latest decision of a person up to a time, as far as it is known decision by decision. */
  synchronized Optional<Decision> decision(PersonKey person, Purpose purpose, Moment time) {
    @Nullable Map<Purpose, Timeline> known = spoken.get(merged.person(person));
    @Nullable Timeline timeline = known == null ? null : known.get(purpose);
    return timeline == null ? Optional.empty() : timeline.at(time);
  }

  /**
   * How a purpose stands for a person at a time.
   *
   * @param decision the latest one known
   */
  synchronized Standing standing(PersonKey person, Purpose purpose, Optional<Decision> decision) {
    ConsentPolicy.Rule rule = policy.rule(purpose);
    if (decision.isPresent()) {
      return switch (decision.get().state()) {
        case WITHDRAWN -> new Standing(false, Reason.WITHDRAWN);
        case GRANTED ->
            rule.accepts(decision.get().textVersion())
                ? new Standing(true, Reason.GRANTED)
                : new Standing(rule.missingAllowed(), Reason.TEXT_OUTDATED);
      };
    }
    if (person.isNumber()) {
      int number = (int) person.number();
      if (of(granted, purpose).contains(number)) {
        return new Standing(true, Reason.GRANTED);
      }
      if (of(outdated, purpose).contains(number)) {
        return new Standing(rule.missingAllowed(), Reason.TEXT_OUTDATED);
      }
    }
    return new Standing(rule.missingAllowed(), Reason.MISSING);
  }

  Standing standing(PersonKey person, Purpose purpose, Moment time) {
    return standing(person, purpose, decision(person, purpose, time));
  }

  /** Everybody who says no to a purpose at a time. */
  synchronized List<PersonKey> withdrawn(Purpose purpose, Moment time) {
    List<PersonKey> found = new ArrayList<>();
    spoken.forEach(
        (person, timelines) -> {
          @Nullable Timeline timeline = timelines.get(purpose);
          if (timeline != null
              && timeline
                  .at(time)
                  .filter(decision -> decision.state() == ConsentState.WITHDRAWN)
                  .isPresent()) {
            found.add(person);
          }
        });
    return found;
  }

  private static RoaringBitmap of(Map<Purpose, RoaringBitmap> bitmaps, Purpose purpose) {
    @Nullable RoaringBitmap bitmap = bitmaps.get(purpose);
    if (bitmap == null) {
      throw new IllegalStateException("No bitmap for " + purpose);
    }
    return bitmap;
  }
}
