package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.erasure.Files;
import io.tenure.profile.domain.retention.RetentionPolicies.Saved;
import io.tenure.profile.domain.retention.RetentionRun.Stage;
import io.tenure.profile.domain.visibility.DataClasses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Leads the nights: of all projects together, from stage to stage, each written down before the
 * next begins. Every stage can be repeated, so a crash at any point costs time and nothing else.
 */
public final class RetentionSweep {

  /**
   * A policy younger than this waits for the next night. Records that were judged by the one before
   * may be on their way to the stores, and would be missing in the books.
   */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** Another process may have begun the same night. */
  private static final Duration SAME_NIGHT = Duration.ofMinutes(5);

  private final RetentionPolicies policies;
  private final DataClasses classes;
  private final RetentionRuns runs;
  private final RetentionMarks marks;
  private final DurableProfiles profiles;
  private final List<Expirer> others;
  private final Expirer own;
  private final Files files;
  private final RetentionTurn turn;
  private final Clock clock;

  /** Who takes part: other services, the service's own stores, and their files. */
  public record Keepers(List<Expirer> others, Expirer own, Files files) {}

  /** What is remembered: runs, and how far logs were applied. */
  public record Memory(RetentionRuns runs, RetentionMarks marks) {}

  /** A sweep over the given stores and services. */
  public RetentionSweep(
      RetentionPolicies policies,
      DataClasses classes,
      Memory memory,
      DurableProfiles profiles,
      Keepers keepers,
      RetentionTurn turn,
      Clock clock) {
    this.policies = policies;
    this.classes = classes;
    this.runs = memory.runs();
    this.marks = memory.marks();
    this.profiles = profiles;
    this.others = List.copyOf(keepers.others());
    this.own = keepers.own();
    this.files = keepers.files();
    this.turn = turn;
    this.clock = clock;
  }

  /** Begins a night, unless one is open or has just begun, and brings it as far as it can go. */
  public void start() {
    if (turn.take()) {
      try {
        if (runs.open().isEmpty() && !justStarted()) {
          begin();
        }
        advance(runs.open());
      } finally {
        turn.give();
      }
    }
  }

  /** Brings an open night on, should there be one. */
  public void resume() {
    List<RetentionRun> open = runs.open();
    if (!open.isEmpty() && turn.take()) {
      try {
        advance(runs.open());
      } finally {
        turn.give();
      }
    }
  }

  /** What would go now by a policy, by store. */
  public Map<String, Long> preview(ProjectId project, RetentionPolicy policy) {
    List<Expiry> planned = List.of(expiry(project, policy, now()));
    Map<String, Long> counts = new HashMap<>();
    for (Expirer expirer : everybody()) {
      counts.putAll(
          expirer.expire("preview", planned, true).counts().getOrDefault(project, Map.of()));
    }
    return counts;
  }

  private List<Expirer> everybody() {
    List<Expirer> all = new ArrayList<>(others);
    all.add(own);
    return all;
  }

  private boolean justStarted() {
    return runs.lastStart().filter(last -> last.plus(SAME_NIGHT).isAfter(now())).isPresent();
  }

  private void begin() {
    Instant now = now();
    String id =
        "%013d-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    for (ProjectId project : policies.projects()) {
      Saved saved = policies.get(project);
      if (!saved.policy().keepsAll() && !saved.updateTime().plus(SETTLED).isAfter(now)) {
        if (expiry(project, saved.policy(), now).endsWithPeople()) {
          marks.set(project, now, profiles.watermarks(project));
        }
        runs.save(RetentionRun.start(id, project, saved.policy(), now));
      }
    }
  }

  private Expiry expiry(ProjectId project, RetentionPolicy policy, Instant time) {
    Set<String> personal = new HashSet<>(classes.of(project).personal());
    personal.addAll(classes.of(project).secret());
    return Expiry.of(project, policy, personal, time);
  }

  /** Nights one after the other, should a crash have left parts of several. */
  private void advance(List<RetentionRun> open) {
    Map<String, List<RetentionRun>> nights = new TreeMap<>();
    open.forEach(run -> nights.computeIfAbsent(run.id(), id -> new ArrayList<>()).add(run));
    nights.values().forEach(night -> new Night(night).run());
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** The runs of one night. */
  private final class Night {

    private final String id;
    private final List<RetentionRun> members;
    private final List<Expiry> expiries;

    Night(List<RetentionRun> members) {
      this.id = members.getFirst().id();
      this.members = new ArrayList<>(members);
      this.expiries =
          members.stream()
              .map(run -> expiry(run.project(), run.policy(), run.createTime()))
              .toList();
    }

    void run() {
      try {
        if (removed(Stage.RECORDS_EXPIRED, others)
            && removed(Stage.PROFILES_EXPIRED, List.of(own))) {
          finish();
        }
      } catch (Failure failure) {
        waiting(failure.text());
        throw failure;
      }
    }

    private boolean removed(Stage after, List<Expirer> expirers) {
      if (members.stream().allMatch(run -> run.stage().compareTo(after) >= 0)) {
        return true;
      }
      for (Expirer expirer : expirers) {
        turn.take();
        found(expirer.expire(id, expiries, true).counts());
        Expirer.Answer answer = expirer.expire(id, expiries, false);
        if (!answer.waitingReason().isEmpty()) {
          waiting(answer.waitingReason());
          return false;
        }
      }
      advanceTo(after);
      return true;
    }

    /** Written down before anything goes: after a crash nobody could tell what there was. */
    private void found(Map<ProjectId, Map<String, Long>> counts) {
      for (int i = 0; i < members.size(); i++) {
        RetentionRun run = members.get(i);
        members.set(i, run.found(counts.getOrDefault(run.project(), Map.of())));
        runs.save(members.get(i));
      }
    }

    private void finish() {
      Instant given =
          members.stream()
              .map(RetentionRun::updateTime)
              .max(Instant::compareTo)
              .orElse(Instant.EPOCH);
      if (files.left(given) > 0) {
        waiting("Files that held it are being removed");
      } else {
        advanceTo(Stage.DONE);
      }
    }

    /** Told once. */
    private void waiting(String reason) {
      for (int i = 0; i < members.size(); i++) {
        if (!members.get(i).waitingReason().equals(reason)) {
          members.set(i, members.get(i).waiting(reason));
          runs.save(members.get(i));
        }
      }
    }

    private void advanceTo(Stage stage) {
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).stage().compareTo(stage) < 0) {
          members.set(i, members.get(i).at(stage, now()));
          runs.save(members.get(i));
        }
      }
    }
  }
}
