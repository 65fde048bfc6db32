package io.tenure.profile.domain.erasure;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.erasure.Erasure.Stage;
import io.tenure.profile.domain.erasure.Keeper.Answer;
import io.tenure.profile.domain.erasure.Keeper.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads erasures from stage to stage, all that are open in a project together, so that a store is
 * changed once for many people. Every stage is written down before the next begins and can be
 * repeated, so a crash at any point costs time and nothing else.
 *
 * <p>The order is what makes it whole: tombstones first, so that nothing new is taken in; then what
 * was on its way is awaited; the profile goes last, because it tells which ids the person had.
 */
public final class Eraser {

  /** Who takes part. */
  public record Keepers(List<Keeper> others, Keeper hot, Keeper durable, Files files) {}

  private final Erasures erasures;
  private final Tombstones tombstones;
  private final PersonHash hash;
  private final Receipts receipts;
  private final DurableProfiles profiles;
  private final HighestNumber highest;
  private final Keepers keepers;
  private final ErasureTurns turns;
  private final Clock clock;

  /** Tells the highest number that was given in a project. */
  @FunctionalInterface
  public interface HighestNumber {
    /** The number; 0 for none. */
    long of(ProjectId project);
  }

  /** An eraser over the given stores and services. */
  public Eraser(
      Erasures erasures,
      Tombstones tombstones,
      PersonHash hash,
      Receipts receipts,
      DurableProfiles profiles,
      HighestNumber highest,
      Keepers keepers,
      ErasureTurns turns,
      Clock clock) {
    this.erasures = erasures;
    this.tombstones = tombstones;
    this.hash = hash;
    this.receipts = receipts;
    this.profiles = profiles;
    this.highest = highest;
    this.keepers = keepers;
    this.turns = turns;
    this.clock = clock;
  }

  /**
   * Brings all open erasures as far as they can go now.
   *
   * @return those that were done
   */
  public List<Erasure> run() {
    Map<ProjectId, List<Erasure>> projects = new LinkedHashMap<>();
    erasures
        .open()
        .forEach(
            one -> projects.computeIfAbsent(one.project(), project -> new ArrayList<>()).add(one));
    List<Erasure> done = new ArrayList<>();
    projects.forEach(
        (project, open) -> {
          if (turns.take(project)) {
            try {
              done.addAll(new Group(project, open).run());
            } finally {
              turns.give(project);
            }
          }
        });
    return done;
  }

  /** What an erasure would find, by store. */
  public Map<String, Long> preview(ProjectId project, Erasure planned) {
    Subject subject = subject(planned, profiles.find(project, planned.userNumbers()).values());
    Erasure counted = planned;
    for (Keeper keeper : everybody()) {
      counted =
          counted.found(mine(keeper.erase(project, List.of(subject), true), planned), List.of());
    }
    return counted.counts();
  }

  private List<Keeper> everybody() {
    List<Keeper> all = new ArrayList<>(keepers.others());
    all.add(keepers.hot());
    all.add(keepers.durable());
    return all;
  }

  private static Map<String, Long> mine(Answer answer, Erasure erasure) {
    return answer.counts().getOrDefault(erasure.id(), Map.of());
  }

  private static Subject subject(Erasure erasure, Collection<Profile> found) {
    return Subject.of(erasure.id(), erasure.userNumbers(), found, erasure.createTime());
  }

  /** The open erasures of a project. */
  private final class Group {

    private final ProjectId project;
    private final List<Erasure> members;
    private final List<Subject> subjects = new ArrayList<>();

    Group(ProjectId project, List<Erasure> open) {
      this.project = project;
      this.members = new ArrayList<>(open);
      for (Erasure one : open) {
        subjects.add(subject(one, profiles.find(project, one.userNumbers()).values()));
      }
    }

    List<Erasure> run() {
      setTombstones();
      if (count() && eraseRecords()) {
        eraseProfiles();
        return finish();
      }
      return List.of();
    }

    private void setTombstones() {
      for (int i = 0; i < members.size(); i++) {
        Erasure one = members.get(i);
        if (one.stage() == Stage.REQUESTED) {
          tombstones.add(
              project,
              Stones.cut(
                  hash,
                  one,
                  profiles.find(project, one.userNumbers()).values(),
                  highest.of(project)));
          advance(i, Stage.TOMBSTONED);
        }
      }
    }

    /** Whether everything that was on its way has arrived and is counted. */
    private boolean count() {
      if (members.stream().allMatch(one -> one.stage().compareTo(Stage.COUNTED) >= 0)) {
        return true;
      }
      for (Keeper keeper : everybody()) {
        if (!take(keeper.erase(project, subjects, true))) {
          return false;
        }
      }
      advanceAll(Stage.COUNTED);
      return true;
    }

    private boolean eraseRecords() {
      for (Keeper keeper : keepers.others()) {
        turns.take(project);
        if (!take(keeper.erase(project, subjects, false))) {
          return false;
        }
      }
      advanceAll(Stage.RECORDS_ERASED);
      return true;
    }

    /** The hot store twice: what is computed may have touched it until the profile was gone. */
    private void eraseProfiles() {
      turns.take(project);
      take(keepers.hot().erase(project, subjects, false));
      take(keepers.durable().erase(project, subjects, false));
      take(keepers.hot().erase(project, subjects, false));
      advanceAll(Stage.PROFILE_ERASED);
    }

    private List<Erasure> finish() {
      for (Keeper keeper : everybody()) {
        for (Map<String, Long> counts : keeper.erase(project, subjects, true).counts().values()) {
          if (counts.values().stream().anyMatch(count -> count > 0)) {
            waiting("Something came in meanwhile and is erased next");
            return List.of();
          }
        }
      }
      Instant given =
          members.stream().map(Erasure::updateTime).max(Instant::compareTo).orElseThrow();
      long left = keepers.files().left(given);
      if (left > 0) {
        waiting("Files that held it are being removed");
        return List.of();
      }
      Instant now = now();
      List<Erasure> done = new ArrayList<>();
      for (Erasure one : members) {
        Erasure ended = one.done(receipts.sign(one, now), now);
        erasures.save(ended);
        done.add(ended);
      }
      return done;
    }

    private boolean take(Answer answer) {
      members.replaceAll(one -> one.found(mine(answer, one), answer.remarks()));
      if (answer.waitingReason().isEmpty()) {
        return true;
      }
      waiting(answer.waitingReason());
      return false;
    }

    /** Told once; the time of the last step stays. */
    private void waiting(String reason) {
      for (int i = 0; i < members.size(); i++) {
        Erasure one = members.get(i);
        if (!one.waitingReason().equals(reason)) {
          members.set(i, one.waiting(reason, one.updateTime()));
          erasures.save(members.get(i));
        }
      }
    }

    private void advanceAll(Stage stage) {
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).stage().compareTo(stage) < 0) {
          advance(i, stage);
        }
      }
    }

    private void advance(int index, Stage stage) {
      Erasure next = members.get(index).at(stage, now());
      members.set(index, next);
      erasures.save(next);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /**
   * Requires what an erasure needs.
   *
   * @throws Failure FAILED_PRECONDITION
   */
  public void requireKeys() {
    if (!hash.hasKey() || !receipts.hasKey()) {
      throw Failure.of(
          io.tenure.platform.failure.Reason.FAILED_PRECONDITION,
          "Erasures need tenure.profile.erasure.key and tenure.profile.erasure.receipt-key");
    }
  }
}
