package io.tenure.profile.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.Identities.Resolved;
import io.tenure.profile.domain.ProfileSource.Loaded;
import io.tenure.profile.domain.activity.ActivityRules;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Decisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies batches of log records to profiles, exactly once.
 *
 * <p>The steps: resolve ids, read the users' profiles, apply the records above each watermark,
 * replace the profiles that nobody changed in between, and write every touched profile durably,
 * also those a repeated batch did not change, because the first attempt may have ended before that.
 * A batch may be repeated at any time; batches of one log must come one after the other.
 */
public final class Projector {

  /**
   * Users whose profiles are worked on at a time. What was read of them is garbage before the next
   * are read, so it is young when the collector comes, which copies what still lives.
   */
  private static final int SLICE = 500;

  private final Identities identities;
  private final HotProfiles hot;
  private final DurableProfiles durable;
  private final Decisions decisions;
  private final ProfileSource source;
  private final Survivors survivors;
  private final Clock clock;
  private final ActivityRules rules;
  private final int attempts;

  /**
   * A projector over the given stores.
   *
   * @param rules how much is kept of what users did lately
   * @param attempts how often a profile that somebody else keeps changing is tried
   */
  public Projector(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Decisions decisions,
      Clock clock,
      ActivityRules rules,
      int attempts) {
    this.identities = identities;
    this.decisions = decisions;
    this.hot = hot;
    this.durable = durable;
    this.source = new ProfileSource(hot, durable);
    this.survivors = new Survivors(hot, source, clock, attempts);
    this.clock = clock;
    this.rules = rules;
    this.attempts = attempts;
  }

  /**
   * Applies records.
   *
   * @param updates ascending by offset
   * @throws Failure UNAVAILABLE when a store does not answer; the batch may be applied in part then
   *     and must be sent again
   */
  public Outcome apply(String logId, List<ProfileUpdate> updates) {
    if (updates.isEmpty()) {
      return new Outcome(List.of(), 0, 0, 0, Map.of());
    }
    Map<ProjectId, List<Integer>> projects = new LinkedHashMap<>();
    for (int i = 0; i < updates.size(); i++) {
      projects.computeIfAbsent(updates.get(i).project(), p -> new ArrayList<>()).add(i);
    }
    Tally tally = new Tally(updates.size());
    projects.forEach((project, indexes) -> applyOne(project, logId, updates, indexes, tally));
    String origin = logId + ":" + updates.getFirst().offset() + "-" + updates.getLast().offset();
    decisions.save(origin, tally.decisions);
    durable.save(origin, tally.profiles);
    return tally.outcome();
  }

  private void applyOne(
      ProjectId project,
      String logId,
      List<ProfileUpdate> updates,
      List<Integer> indexes,
      Tally tally) {
    Resolved resolved =
        identities.resolve(
            project,
            logId,
            indexes.stream()
                .map(updates::get)
                .map(update -> new Identities.Claim(update.offset(), update.ids()))
                .toList());
    Instant now = Instant.ofEpochMilli(clock.millis());
    Map<UserKey, List<Step>> steps = new LinkedHashMap<>();
    Set<UserKey> fresh = new HashSet<>();
    for (int i = 0; i < indexes.size(); i++) {
      Resolution resolution = resolved.resolutions().get(i);
      UserKey user = new UserKey(project, resolution.userNumber());
      tally.userNumbers[indexes.get(i)] = resolution.userNumber();
      if (resolution.created()) {
        fresh.add(user);
      }
      ProfileUpdate update = updates.get(indexes.get(i));
      steps.computeIfAbsent(user, u -> new ArrayList<>()).add(new Step.Own(update, resolution));
      Resolution.Taking taking = resolution.taking();
      if (taking != null && taking.from() != user.number()) {
        steps
            .computeIfAbsent(new UserKey(project, taking.from()), u -> new ArrayList<>())
            .add(new Step.Loss(update, resolution));
      }
      for (Mapping.Loss loss : losses(resolution)) {
        if (loss.from() != user.number()) {
          steps
              .computeIfAbsent(new UserKey(project, loss.from()), u -> new ArrayList<>())
              .add(new Step.Loss(update, resolution));
        }
      }
      tally.decisions.addAll(Deciding.of(logId, update, resolution, now));
    }
    tally.created += fresh.size();
    Set<UserKey> waiting = steps.keySet();
    for (int attempt = 0; !waiting.isEmpty(); attempt++) {
      if (attempt == attempts) {
        throw Failure.unavailable(
            "A profile is changed by too many at once", Duration.ofMillis(100));
      }
      Set<UserKey> changed = new HashSet<>();
      for (List<UserKey> slice : slices(waiting)) {
        changed.addAll(replace(project, logId, resolved.epoch(), steps, slice, fresh, tally));
      }
      waiting = changed;
    }
    survivors.follow(project, resolved.epoch(), tally.merged(project)).forEach(tally.profiles::add);
    requireSameEpoch(project, resolved.epoch());
  }

  private static List<List<UserKey>> slices(Set<UserKey> users) {
    List<UserKey> all = List.copyOf(users);
    List<List<UserKey>> slices = new ArrayList<>();
    for (int start = 0; start < all.size(); start += SLICE) {
      slices.add(all.subList(start, Math.min(start + SLICE, all.size())));
    }
    return slices;
  }

  private static List<Mapping.Loss> losses(Resolution resolution) {
    return resolution.mapping() == null ? List.of() : resolution.mapping().losses();
  }

  /** Applies the steps of some users; returns those whose profile changed meanwhile. */
  private Set<UserKey> replace(
      ProjectId project,
      String logId,
      String epoch,
      Map<UserKey, List<Step>> steps,
      List<UserKey> users,
      Set<UserKey> fresh,
      Tally tally) {
    Map<UserKey, Loaded> loaded = source.load(project, users, epoch, fresh);
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<Replacement> replacements = new ArrayList<>();
    Map<ProfileDraft, Profile> finished = new LinkedHashMap<>();
    loaded.forEach(
        (user, found) -> {
          Profile before = found.profile() == null ? Profile.blank(user) : found.profile();
          ProfileDraft draft = new ProfileDraft(before, logId, rules);
          for (Step step : steps.getOrDefault(user, List.of())) {
            switch (step) {
              case Step.Own(ProfileUpdate update, Resolution resolution) ->
                  draft.apply(update, resolution);
              case Step.Loss(ProfileUpdate update, Resolution resolution) ->
                  draft.lose(update.ids(), resolution);
            }
          }
          Profile after = draft.finish(now);
          finished.put(draft, after);
          if (!isHeld(after, epoch, found.held())) {
            replacements.add(new Replacement(found.held(), after, epoch));
          }
        });
    Set<UserKey> conflicts = hot.save(replacements);
    finished.forEach(
        (draft, profile) -> {
          if (!conflicts.contains(profile.user())) {
            tally.add(draft, profile);
          }
        });
    return conflicts;
  }

  /** Revisions first: whole profiles are compared only when there is reason to think them equal. */
  private static boolean isHeld(Profile profile, String epoch, @Nullable Held held) {
    return held != null
        && held.profile().revision() == profile.revision()
        && held.equals(new Held(profile, epoch));
  }

  /**
   * A hot store that restarted during the batch may have forgotten numbers it just gave away; then
   * nothing may become durable, and the repeated batch resolves again.
   */
  private void requireSameEpoch(ProjectId project, String epoch) {
    if (!identities.find(project, List.of()).epoch().equals(epoch)) {
      throw Failure.of(
          Reason.UNAVAILABLE, "The hot store restarted during the batch; send it again");
    }
  }

  /** What a record does to one user's profile. */
  private sealed interface Step {

    /** The record is about the user. */
    record Own(ProfileUpdate update, Resolution resolution) implements Step {}

    /** The record is another user's and takes this one's device. */
    record Loss(ProfileUpdate update, Resolution resolution) implements Step {}
  }

  /**
   * What became of a batch; records = applied + repeated.
   *
   * @param userNumbers one for each record
   * @param applied records that changed a profile
   * @param repeated records that had been applied before
   * @param created users seen for the first time
   * @param refusals changes without effect, by reason
   */
  public record Outcome(
      List<Long> userNumbers,
      int applied,
      int repeated,
      int created,
      Map<Refusal, Integer> refusals) {}

  private static final class Tally {
    private final Long[] userNumbers;
    private final List<Profile> profiles = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    private int applied;
    private int created;

    Tally(int records) {
      this.userNumbers = new Long[records];
    }

    /** Profiles of a project that were touched although their users are merged into others. */
    List<Profile> merged(ProjectId project) {
      return profiles.stream()
          .filter(profile -> profile.merging().isMerged())
          .filter(profile -> profile.user().project().equals(project))
          .toList();
    }

    void add(ProfileDraft draft, Profile profile) {
      applied += draft.applied();
      draft.refusals().forEach((refusal, count) -> refusals.merge(refusal, count, Integer::sum));
      profiles.add(profile);
    }

    Outcome outcome() {
      return new Outcome(
          List.of(userNumbers), applied, userNumbers.length - applied, created, refusals);
    }
  }
}
