package io.tenure.profile.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.ProfileSource.Loaded;
import io.tenure.profile.domain.activity.ActivityRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings traits that we found out ourselves into the profiles: like records of a log, each once,
 * but for users known by their number. A user without a profile is left out, because whoever was
 * erased must not come back.
 */
public final class TraitAssigner {

  private final Identities identities;
  private final HotProfiles hot;
  private final DurableProfiles durable;
  private final ProfileSource source;
  private final Clock clock;
  private final ActivityRules rules;
  private final int attempts;

  /**
   * An assigner over the given stores.
   *
   * @param rules how much is kept of how numbers moved
   * @param attempts how often a profile that somebody else keeps changing is tried
   */
  public TraitAssigner(
      Identities identities,
      HotProfiles hot,
      DurableProfiles durable,
      Clock clock,
      ActivityRules rules,
      int attempts) {
    this.identities = identities;
    this.hot = hot;
    this.durable = durable;
    this.source = new ProfileSource(hot, durable);
    this.clock = clock;
    this.rules = rules;
    this.attempts = attempts;
  }

  /**
   * Assigns traits. Repeating a call changes nothing; calls for one log come one after the other.
   *
   * @param assignments ascending by offset, not empty
   * @throws Failure UNAVAILABLE when a store does not answer; some may be applied then and all must
   *     be sent again
   */
  public void assign(ProjectId project, String logId, List<Assignment> assignments) {
    Map<UserKey, List<Assignment>> waiting = new LinkedHashMap<>();
    assignments.forEach(
        assignment ->
            waiting
                .computeIfAbsent(
                    new UserKey(project, assignment.userNumber()), user -> new ArrayList<>())
                .add(assignment));
    String epoch = identities.find(project, List.of()).epoch();
    List<Profile> assigned = new ArrayList<>();
    for (int attempt = 0; !waiting.isEmpty(); attempt++) {
      if (attempt == attempts) {
        throw Failure.unavailable(
            "A profile is changed by too many at once", Duration.ofMillis(100));
      }
      waiting.keySet().retainAll(replace(project, logId, epoch, waiting, assigned));
    }
    if (!identities.find(project, List.of()).epoch().equals(epoch)) {
      throw Failure.unavailable(
          "The hot store restarted during an assignment", Duration.ofMillis(100));
    }
    durable.save(
        logId + ":" + assignments.getFirst().offset() + "-" + assignments.getLast().offset(),
        assigned);
  }

  /** Applies what waits; returns the users whose profile changed meanwhile. */
  private Set<UserKey> replace(
      ProjectId project,
      String logId,
      String epoch,
      Map<UserKey, List<Assignment>> waiting,
      List<Profile> assigned) {
    Map<UserKey, Loaded> loaded = source.load(project, waiting.keySet(), epoch, Set.of());
    Instant now = Instant.ofEpochMilli(clock.millis());
    List<Replacement> replacements = new ArrayList<>();
    List<Profile> profiles = new ArrayList<>();
    loaded.forEach(
        (user, found) -> {
          Profile before = found.profile();
          if (before == null) {
            return;
          }
          Profile after = applied(before, logId, waiting.getOrDefault(user, List.of()), now);
          profiles.add(after);
          if (!new Held(after, epoch).equals(found.held())) {
            replacements.add(new Replacement(found.held(), after, epoch));
          }
        });
    Set<UserKey> conflicts = hot.save(replacements);
    profiles.stream().filter(profile -> !conflicts.contains(profile.user())).forEach(assigned::add);
    return conflicts;
  }

  private Profile applied(Profile before, String logId, List<Assignment> assignments, Instant now) {
    ProfileDraft draft = new ProfileDraft(before, logId, rules);
    long number = before.user().number();
    for (Assignment assignment : assignments) {
      // The id is for the form only: a former one tells nothing about its user.
      draft.apply(
          new ProfileUpdate(
              assignment.offset(),
              before.user().project(),
              new Identifiers("user_number:" + number, "", Link.NONE),
              now,
              "",
              List.of(assignment.change())),
          new Resolution(number, false, false, true));
    }
    return draft.finish(now);
  }

  /** One change of one user. */
  public record Assignment(long offset, long userNumber, TraitChange change) {}
}
