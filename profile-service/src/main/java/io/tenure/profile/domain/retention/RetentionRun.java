package io.tenure.profile.domain.retention;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was removed of a project in one night. The runs of all projects of a night have one id and
 * go on together.
 *
 * @param id ascending with time
 * @param createTime by which it was decided what is too old
 * @param updateTime when it last went on
 * @param counts what was found, by store
 * @param waitingReason what keeps it waiting or failed last; empty when nothing does
 * @param revision counts its states, from 1
 */
public record RetentionRun(
    String id,
    ProjectId project,
    Stage stage,
    Instant createTime,
    Instant updateTime,
    RetentionPolicy policy,
    Map<String, Long> counts,
    String waitingReason,
    long revision) {

  /** How far it is. */
  public enum Stage {
    /** Begun. */
    STARTED,
    /** What other services keep is removed. */
    RECORDS_EXPIRED,
    /** What this service keeps is removed. */
    PROFILES_EXPIRED,
    /** The files that held it are gone. */
    DONE
  }

  /** Keeps its own copy, sorted. */
  public RetentionRun {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  static RetentionRun start(String id, ProjectId project, RetentionPolicy policy, Instant now) {
    return new RetentionRun(id, project, Stage.STARTED, now, now, policy, Map.of(), "", 1);
  }

  RetentionRun at(Stage next, Instant now) {
    return new RetentionRun(id, project, next, createTime, now, policy, counts, "", revision + 1);
  }

  /** A repeated step finds what is left; the first one found all. */
  RetentionRun found(Map<String, Long> more) {
    Map<String, Long> all = new TreeMap<>(counts);
    more.forEach((store, count) -> all.merge(store, count, Math::max));
    return new RetentionRun(
        id, project, stage, createTime, updateTime, policy, all, waitingReason, revision + 1);
  }

  RetentionRun waiting(String reason) {
    return new RetentionRun(
        id, project, stage, createTime, updateTime, policy, counts, reason, revision + 1);
  }
}
