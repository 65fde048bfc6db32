package io.tenure.collector.domain.quarantine;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records of a filter, repaired, on their way through the intake again.
 *
 * @param revision grows with each change of it
 * @param counts how far it got
 * @param error why it failed; empty otherwise
 */
public record Replay(
    ProjectId project,
    String id,
    int revision,
    QuarantineFilter filter,
    List<Repair> repairs,
    State state,
    Counts counts,
    String author,
    Instant createTime,
    Instant updateTime,
    String error) {

  /** What it is doing. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /**
   * How far it got.
   *
   * @param matched records there were when it started
   * @param examined records gone through
   * @param accepted records stored
   * @param duplicate records that had been stored before
   * @param remaining records that stay, by the reason found now
   */
  public record Counts(
      long matched, long examined, long accepted, long duplicate, Map<String, Long> remaining) {

    Counts plus(Counts other) {
      Map<String, Long> sum = new TreeMap<>(remaining);
      other.remaining.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
      return new Counts(
          matched,
          examined + other.examined,
          accepted + other.accepted,
          duplicate + other.duplicate,
          sum);
    }
  }

  /** Further on, not written down. */
  Replay reached(Counts further) {
    return new Replay(
        project,
        id,
        revision,
        filter,
        repairs,
        state,
        further,
        author,
        createTime,
        updateTime,
        error);
  }

  Replay at(State next, Counts reached, Instant now, String why) {
    return new Replay(
        project, id, revision + 1, filter, repairs, next, reached, author, createTime, now, why);
  }
}
