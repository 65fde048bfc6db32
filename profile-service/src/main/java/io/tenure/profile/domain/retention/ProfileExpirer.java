package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.domain.erasure.Keeper.Subject;
import io.tenure.profile.domain.merge.MergedUsers;
import io.tenure.profile.domain.retention.ExpiringUsers.Found;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Removes what the service itself keeps: traits and profiles of people no record came of, first in
 * the hot store, then in the durable one, and the past.
 */
public final class ProfileExpirer implements Expirer {

  private static final int SLICE = 1_000;

  private final ExpiringUsers users;
  private final ProfileTables tables;
  private final Rewriting rewriting;
  private final DurableProfiles profiles;
  private final MergedUsers merged;
  private final HotProfiles hot;
  private final Keeper keeper;

  /** An expirer over the given stores. */
  public ProfileExpirer(
      ExpiringUsers users,
      ProfileTables tables,
      Rewriting rewriting,
      DurableProfiles profiles,
      HotProfiles hot,
      MergedUsers merged,
      Keeper keeper) {
    this.users = users;
    this.tables = tables;
    this.rewriting = rewriting;
    this.profiles = profiles;
    this.merged = merged;
    this.hot = hot;
    this.keeper = keeper;
  }

  @Override
  public Answer expire(String runId, List<Expiry> expiries, boolean countOnly) {
    Map<ProjectId, Map<String, Long>> counts = new HashMap<>(tables.count(expiries));
    for (Expiry expiry : expiries) {
      Map<String, Long> own = new HashMap<>(counts.getOrDefault(expiry.project(), Map.of()));
      Set<String> computed = users.computed(expiry);
      own.put("clickhouse.profiles", count(expiry, expiry.profiles(), Part.PROFILE, computed));
      own.put("users_losing_all_traits", count(expiry, expiry.traits(), Part.ALL_TRAITS, computed));
      own.put(
          "users_losing_personal_traits",
          count(expiry, expiry.personalTraits(), Part.PERSONAL_TRAITS, computed));
      counts.put(expiry.project(), own);
    }
    String waiting = countOnly ? "" : tables.waitingReason();
    if (!countOnly && waiting.isEmpty()) {
      expiries.forEach(expiry -> expire(runId, expiry));
      tables.expire(runId, expiries);
      expiries.forEach(expiry -> removeAgain(runId, expiry));
    }
    return new Answer(waiting, counts);
  }

  private long count(Expiry expiry, Instant end, Part part, Set<String> computed) {
    return Expiry.isSet(end) ? users.count(expiry, part, computed) : 0;
  }

  private void expire(String runId, Expiry expiry) {
    Set<String> computed = users.computed(expiry);
    if (Expiry.isSet(expiry.profiles())) {
      each(runId, expiry, Part.PROFILE, computed, numbers -> remove(runId, expiry, numbers));
    }
    if (Expiry.isSet(expiry.traits())) {
      each(
          runId,
          expiry,
          Part.ALL_TRAITS,
          computed,
          numbers -> unset(runId, expiry, numbers, name -> !computed.contains(name)));
    }
    if (Expiry.isSet(expiry.personalTraits())) {
      Set<String> personal = expiry.personalNames();
      each(
          runId,
          expiry,
          Part.PERSONAL_TRAITS,
          computed,
          numbers ->
              unset(
                  runId,
                  expiry,
                  numbers,
                  name -> personal.contains(name) && !computed.contains(name)));
    }
  }

  /** What is done to some users. */
  @FunctionalInterface
  private interface Action {
    void with(List<Long> numbers);
  }

  private void each(String runId, Expiry expiry, Part part, Set<String> computed, Action action) {
    long after = 0;
    List<Found> found;
    do {
      found = users.find(expiry, part, computed, after, SLICE);
      if (!found.isEmpty()) {
        List<Long> numbers = everyNumber(expiry.project(), found);
        users.note(runId, expiry, part, numbers);
        action.with(numbers);
        after = found.getLast().number();
      }
    } while (found.size() == SLICE);
  }

  /** Merged users go with whom they were merged into: their profile is what undoing brings back. */
  private List<Long> everyNumber(ProjectId project, List<Found> found) {
    List<Long> numbers = new ArrayList<>(found.size());
    for (Found one : found) {
      if (one.absorbed()) {
        numbers.addAll(merged.numbers(project, one.number()));
      } else {
        numbers.add(one.number());
      }
    }
    return numbers;
  }

  private void remove(String runId, Expiry expiry, List<Long> numbers) {
    Collection<Profile> found = profiles.find(expiry.project(), numbers).values();
    List<Subject> subjects = List.of(Subject.of(runId, numbers, found, expiry.start()));
    keeper.erase(expiry.project(), subjects, false);
  }

  /** Who rebuilt the hot store meanwhile may have put back what was read before the rows went. */
  private void removeAgain(String runId, Expiry expiry) {
    ProjectId project = expiry.project();
    List<Long> noted;
    long after = 0;
    do {
      noted = users.noted(runId, expiry, Part.PROFILE, after, SLICE);
      Set<UserKey> gone = new LinkedHashSet<>();
      noted.forEach(number -> gone.add(new UserKey(project, number)));
      gone.removeAll(profiles.find(project, noted).keySet());
      for (Held back : hot.load(gone).values()) {
        Profile profile = back.profile();
        List<Long> number = List.of(profile.user().number());
        Subject subject = Subject.of(runId, number, List.of(profile), expiry.start());
        keeper.erase(project, List.of(subject), false);
      }
      after = noted.isEmpty() ? after : noted.getLast();
    } while (noted.size() == SLICE);
  }

  private void unset(String runId, Expiry expiry, List<Long> numbers, Predicate<String> expired) {
    rewriting.change(
        expiry.project(),
        numbers,
        "retention:" + runId,
        profile -> {
          Map<String, TraitValue> traits = new LinkedHashMap<>(profile.traits());
          traits.keySet().removeIf(expired);
          Map<String, String> moved = new LinkedHashMap<>(profile.activity().numbers());
          moved.keySet().removeIf(expired);
          return profile.with(traits, moved);
        });
  }
}
