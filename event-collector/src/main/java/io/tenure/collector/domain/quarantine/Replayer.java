package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.SharedOnce;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.quarantine.QuarantinedEntry.Decision;
import io.tenure.collector.domain.quarantine.Rehearsal.Attempt;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the records of a replay through the intake, page by page. First the log, then the state:
 * stopped in between, the next replay finds the record still open, and the log knows it as a
 * duplicate.
 */
final class Replayer {

  private static final int SMALLEST_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final long LARGE = 4L << 20;
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);

  private final QuarantineStore store;
  private final Rehearsal rehearsal;
  private final Intake intake;
  private final Clock clock;

  Replayer(QuarantineStore store, Rehearsal rehearsal, Intake intake, Clock clock) {
    this.store = store;
    this.rehearsal = rehearsal;
    this.intake = intake;
    this.clock = clock;
  }

  /** Runs to the end, or until somebody cancels it. */
  void run(Replay replay) {
    Replay current = replay;
    try {
      Repairs repairs = new Repairs(replay.repairs());
      QuarantineKey reached = QuarantineKey.NEWEST;
      int size = SMALLEST_PAGE;
      while (!isCancelled(current)) {
        List<QuarantinedEntry> page = store.list(replay.project(), replay.filter(), reached, size);
        if (page.isEmpty()) {
          store.save(current.at(Replay.State.DONE, current.counts(), clock.instant(), ""));
          return;
        }
        current = progress(current, current.counts().plus(replay(current, page, repairs)));
        reached = page.getLast().key();
        size = nextSize(page, size);
      }
      store.save(current.at(Replay.State.CANCELLED, current.counts(), clock.instant(), ""));
    } catch (Failure failure) {
      fail(current, failure.text());
      throw failure;
    } catch (RuntimeException defect) {
      fail(current, "The service failed");
      throw defect;
    }
  }

  private void fail(Replay replay, String why) {
    store.save(replay.at(Replay.State.FAILED, replay.counts(), clock.instant(), why));
  }

  private boolean isCancelled(Replay replay) {
    return store
        .find(replay.project(), replay.id())
        .filter(latest -> latest.state() == Replay.State.CANCELLED)
        .isPresent();
  }

  private Replay progress(Replay replay, Replay.Counts counts) {
    Instant now = clock.instant();
    if (Duration.between(replay.updateTime(), now).compareTo(REPORT_INTERVAL) < 0) {
      return replay.reached(counts);
    }
    Replay next = replay.at(Replay.State.RUNNING, counts, now, "");
    store.save(next);
    return next;
  }

  /** Records may be large, so a page grows only while they are not. */
  private static int nextSize(List<QuarantinedEntry> page, int size) {
    long bytes =
        page.stream()
            .map(QuarantinedEntry::record)
            .mapToLong(record -> record.original().length + record.context().shared().length())
            .sum();
    return bytes > LARGE ? Math.max(SMALLEST_PAGE, size / 2) : Math.min(LARGEST_PAGE, size * 2);
  }

  private Replay.Counts replay(Replay replay, List<QuarantinedEntry> page, Repairs repairs) {
    List<LogRecord> records = new ArrayList<>();
    Map<RefuseReason, Integer> refused = new EnumMap<>(RefuseReason.class);
    Map<QuarantineId, Decision> decisions = new LinkedHashMap<>();
    Map<String, Long> remaining = new TreeMap<>();
    for (QuarantinedEntry entry : page) {
      Attempt attempt = rehearsal.of(entry, repairs);
      if (attempt.succeeds()) {
        decisions.put(entry.id(), decision(replay, attempt));
        take(attempt, records, refused);
      } else {
        remaining.merge(attempt.fault().reason().name(), 1L, Long::sum);
      }
    }
    int accepted = 0;
    int duplicate = 0;
    if (!decisions.isEmpty()) {
      Receipt receipt = write(replay.project(), records, refused);
      store.decide(replay.project(), decisions);
      accepted = receipt.accepted();
      duplicate = receipt.duplicate();
    }
    return new Replay.Counts(0, page.size(), accepted, duplicate, remaining);
  }

  private Receipt write(
      ProjectId project, List<LogRecord> records, Map<RefuseReason, Integer> refused) {
    return intake.take(new Submission(project, records, refused));
  }

  /** A payload or batch that can be opened now is replaced by its records, bad ones included. */
  private static void take(
      Attempt attempt, List<LogRecord> records, Map<RefuseReason, Integer> refused) {
    SharedOnce once = new SharedOnce();
    for (int i = 0; i < attempt.drafts().size(); i++) {
      Draft draft = attempt.drafts().get(i);
      switch (attempt.verdicts().get(i)) {
        case Verdict.Accept accept -> records.add(accept.accepted());
        case Verdict.Quarantine quarantine -> records.add(draft.aside(quarantine, once));
        case Verdict.Refuse refuse -> refused.merge(refuse.reason(), 1, Integer::sum);
      }
    }
  }

  private Decision decision(Replay replay, Attempt attempt) {
    String eventId =
        attempt.verdicts().size() == 1
                && attempt.verdicts().getFirst()
                    instanceof Verdict.Accept(LogRecord.Accepted accepted)
            ? accepted.source().eventId().value()
            : "";
    return new Decision(
        QuarantineState.REPLAYED, replay.id(), eventId, replay.author(), clock.instant());
  }
}
