package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.quarantine.QuarantinedEntry.Decision;
import io.tenure.collector.domain.quarantine.Rehearsal.Attempt;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;

/** What people do about quarantined records: try a repair, replay, cancel, dismiss. */
public final class Replays {

  private static final int MOST_PREVIEWED = 2000;
  private static final int MOST_REPAIRS = 20;
  private static final int MOST_LISTED = 100;

  /** A replay that says nothing for so long has lost its process. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  /** Found while reading the bytes; no repair of a field reaches them. */
  private static final Set<QuarantineReason> UNREADABLE =
      EnumSet.of(
          QuarantineReason.MALFORMED_BODY,
          QuarantineReason.NOT_AN_OBJECT,
          QuarantineReason.DUPLICATE_KEY,
          QuarantineReason.NESTED_TOO_DEEP);

  private final QuarantineStore store;
  private final Rehearsal rehearsal;
  private final Replayer replayer;
  private final Clock clock;
  private final Executor executor;

  /**
   * Replays over a store.
   *
   * @param executor runs a replay beside its caller
   */
  public Replays(
      QuarantineStore store, Rehearsal rehearsal, Intake intake, Clock clock, Executor executor) {
    this.store = store;
    this.rehearsal = rehearsal;
    this.replayer = new Replayer(store, rehearsal, intake, clock);
    this.clock = clock;
    this.executor = executor;
  }

  /** What a replay would do to the newest of the open records. */
  public Preview preview(ProjectId project, QuarantineFilter filter, List<Repair> repairs) {
    check(repairs);
    QuarantineFilter open = filter.openBefore(clock.instant());
    Repairs all = new Repairs(repairs);
    Preview.Builder preview = new Preview.Builder(matched(project, open));
    QuarantineKey reached = QuarantineKey.NEWEST;
    while (preview.examined() < MOST_PREVIEWED) {
      List<QuarantinedEntry> page = store.list(project, open, reached, 100);
      if (page.isEmpty()) {
        break;
      }
      for (QuarantinedEntry entry : page) {
        Attempt attempt = rehearsal.of(entry, all);
        preview.add(attempt);
      }
      reached = page.getLast().key();
    }
    return preview.build();
  }

  /**
   * Starts a replay of the open records and returns at once.
   *
   * @throws Failure FAILED_PRECONDITION while another of the project is under way, and when all
   *     that is meant can't be read
   */
  public Replay start(
      ProjectId project, QuarantineFilter filter, List<Repair> repairs, String author) {
    check(repairs);
    Instant now = clock.instant();
    if (store.replays(project, MOST_LISTED).stream()
        .anyMatch(replay -> seen(replay).state() == Replay.State.RUNNING)) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "Another replay is under way");
    }
    QuarantineFilter open = filter.openBefore(now);
    Map<String, Long> matched = store.countByReason(project, open);
    requireReadable(matched);
    Replay replay =
        new Replay(
            project,
            UUID.randomUUID().toString(),
            1,
            open,
            repairs,
            Replay.State.RUNNING,
            new Replay.Counts(sum(matched), 0, 0, 0, Map.of()),
            author,
            now,
            now,
            "");
    store.save(replay);
    executor.execute(() -> replayer.run(replay));
    return replay;
  }

  /** A replay, as far as it got. */
  public Replay get(ProjectId project, String id) {
    return store
        .find(project, id)
        .map(this::seen)
        .orElseThrow(() -> Failure.notFound("replay", id));
  }

  /** The newest replays. */
  public List<Replay> list(ProjectId project) {
    return store.replays(project, MOST_LISTED).stream().map(this::seen).toList();
  }

  /** Stops a replay, wherever it runs. */
  public Replay cancel(ProjectId project, String id) {
    Replay replay = get(project, id);
    if (replay.state() != Replay.State.RUNNING) {
      return replay;
    }
    Replay cancelled = replay.at(Replay.State.CANCELLED, replay.counts(), clock.instant(), "");
    store.save(cancelled);
    return cancelled;
  }

  /** Marks the open records of a filter as not worth repairing. */
  public Dismissal dismiss(ProjectId project, QuarantineFilter filter, String author) {
    Instant now = clock.instant();
    QuarantineFilter open = filter.openBefore(now);
    long count = matched(project, open);
    String id = UUID.randomUUID().toString();
    if (count > 0) {
      store.decideAll(project, open, new Decision(QuarantineState.DISMISSED, id, "", author, now));
    }
    return new Dismissal(id, count);
  }

  /** What a dismissal did. */
  public record Dismissal(String operationId, long records) {}

  private long matched(ProjectId project, QuarantineFilter filter) {
    return sum(store.countByReason(project, filter));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void requireReadable(Map<String, Long> matched) {
    if (!matched.isEmpty()
        && UNREADABLE.stream().map(Enum::name).toList().containsAll(matched.keySet())) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "No replay changes records whose bytes can't be read ("
              + String.join(", ", new TreeSet<>(matched.keySet()))
              + "); they can be looked at and dismissed, and their sender can send them again");
    }
  }

  private Replay seen(Replay replay) {
    boolean silent = Duration.between(replay.updateTime(), clock.instant()).compareTo(SILENCE) > 0;
    return replay.state() == Replay.State.RUNNING && silent
        ? replay.at(
            Replay.State.FAILED,
            replay.counts(),
            replay.updateTime(),
            "It was interrupted; starting it again is harmless")
        : replay;
  }

  private static void check(List<Repair> repairs) {
    if (repairs.size() > MOST_REPAIRS) {
      throw Failure.invalid("repairs", "must be at most " + MOST_REPAIRS);
    }
  }
}
