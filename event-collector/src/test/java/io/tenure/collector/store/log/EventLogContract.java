package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.SHOP;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static io.tenure.collector.domain.log.Reader.EVENTS;
import static io.tenure.collector.domain.log.Reader.QUARANTINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.MinuteCounts;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every event log promises. */
abstract class EventLogContract {

  static final Duration WINDOW = Duration.ofDays(7);
  static final BatchLimit ALL = new BatchLimit(1_000_000, Long.MAX_VALUE);

  /** Its name begins like another one's. */
  private static final ProjectId TEST = new ProjectId("bank-test");

  final MutableClock clock = new MutableClock(NOON);
  private EventLog log;

  abstract EventLog open(Clock clock);

  @BeforeEach
  final void openLog() {
    log = open(clock);
  }

  @AfterEach
  final void closeLog() {
    log.close();
  }

  @Test
  void handsBackWhatWasAppendedInOrder() {
    List<LogRecord> records = List.of(event(BANK, "1"), change(BANK, "2"), event(BANK, "3"));
    log.append(new Submission(BANK, records, Map.of()));

    Batch batch = log.next(EVENTS, ALL).orElseThrow();

    assertThat(batch.entries()).extracting(Batch.Entry::record).isEqualTo(records);
    assertThat(batch.entries()).extracting(Batch.Entry::offset).containsExactly(1L, 2L, 3L);
    assertThat(batch.first()).isEqualTo(1);
    assertThat(batch.last()).isEqualTo(3);
  }

  @Test
  void tellsWhatBecameOfEachRecord() {
    Receipt receipt =
        log.append(
            new Submission(
                BANK,
                List.of(event(BANK, "1"), event(BANK, "1"), quarantined(BANK, "x")),
                Map.of(RefuseReason.RECORD_FAR_TOO_LARGE, 2)));

    assertThat(receipt)
        .isEqualTo(
            new Receipt(
                1,
                1,
                Map.of(QuarantineReason.TYPE_UNKNOWN, 1),
                Map.of(RefuseReason.RECORD_FAR_TOO_LARGE, 2),
                Set.of(1)));
    assertThat(receipt.received()).isEqualTo(5);
  }

  @Test
  void findsDuplicatesOfEarlierRequests() {
    log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "x")));

    Receipt again = log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "x")));

    assertThat(again.duplicate()).isEqualTo(2);
    assertThat(log.next(EVENTS, ALL).orElseThrow().entries()).hasSize(1);
    assertThat(log.next(QUARANTINE, ALL).orElseThrow().entries()).hasSize(1);
  }

  @Test
  void keepsProjectsApart() {
    log.append(submission(BANK, event(BANK, "1")));

    Receipt other = log.append(submission(SHOP, event(SHOP, "1")));

    assertThat(other.accepted()).isEqualTo(1);
    assertThat(log.counts(SHOP).accepted()).isEqualTo(1);
    assertThat(log.counts(BANK).accepted()).isEqualTo(1);
  }

  @Test
  void namesTheProjectsItCounts() {
    assertThat(log.projects()).isEmpty();

    log.append(submission(SHOP, event(SHOP, "1")));
    log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "x")));
    log.append(new Submission(TEST, List.of(), Map.of(RefuseReason.RECORD_FAR_TOO_LARGE, 1)));

    assertThat(log.projects()).containsExactlyInAnyOrder(BANK, SHOP, TEST);
  }

  @Test
  void forgetsDuplicatesAfterTheWindow() {
    log.append(submission(BANK, event(BANK, "1")));
    clock.advance(WINDOW.plusSeconds(1));

    Receipt later = log.append(submission(BANK, event(BANK, "1")));

    assertThat(later.accepted()).isEqualTo(1);
  }

  @Test
  void returnsTheSameBatchUntilItIsConfirmed() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
    Batch first = log.next(EVENTS, ALL).orElseThrow();
    log.append(submission(BANK, event(BANK, "3")));

    Batch again = log.next(EVENTS, ALL).orElseThrow();

    assertThat(again).isEqualTo(first);
    log.confirm(EVENTS, again);
    Batch next = log.next(EVENTS, ALL).orElseThrow();
    assertThat(next.first()).isEqualTo(3);
    log.confirm(EVENTS, next);
    assertThat(log.next(EVENTS, ALL)).isEmpty();
  }

  @Test
  void cutsBatchesAtTheirLimits() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2"), event(BANK, "3")));

    Batch two = log.next(EVENTS, new BatchLimit(2, Long.MAX_VALUE)).orElseThrow();
    log.confirm(EVENTS, two);

    assertThat(two.entries()).hasSize(2);
    assertThat(log.next(EVENTS, new BatchLimit(10, 1)).orElseThrow().entries()).hasSize(1);
  }

  @Test
  void namesDifferentContentDifferently() {
    log.append(submission(BANK, event(BANK, "1")));
    Batch first = log.next(EVENTS, ALL).orElseThrow();
    log.confirm(EVENTS, first);
    log.append(submission(BANK, event(BANK, "2")));
    Batch second = log.next(EVENTS, ALL).orElseThrow();

    assertThat(second.checksum()).isNotEqualTo(first.checksum());
    assertThat(first.token("events@1")).matches("events@1:" + log.id() + ":1-1:[0-9a-f]{8}");
  }

  @Test
  void countsWhatHappenedToAProject() {
    log.append(
        new Submission(
            BANK,
            List.of(event(BANK, "1"), event(BANK, "1"), change(BANK, "2"), quarantined(BANK, "x")),
            Map.of(RefuseReason.BODY_TOO_LARGE, 1)));
    assertThat(log.counts(BANK).delivered()).isZero();
    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());

    LogCounts counts = log.counts(BANK);

    assertThat(counts)
        .isEqualTo(
            new LogCounts(2, 1, Map.of("TYPE_UNKNOWN", 1L), Map.of("BODY_TOO_LARGE", 1L), 2, 1, 0));
    assertThat(counts.received()).isEqualTo(5);
  }

  @Test
  void countsWhatWasDeliveredAndHadToBeStoredNowhere() {
    log.append(
        submission(BANK, event(BANK, "1"), event(BANK, "2"), change(BANK, "3"), change(BANK, "4")));
    Batch batch = log.next(EVENTS, ALL).orElseThrow();

    log.confirm(EVENTS, batch, new Withheld(Set.of(1L, 4L)));

    LogCounts counts = log.counts(BANK);
    assertThat(counts.accepted()).isEqualTo(4);
    assertThat(counts.delivered()).isEqualTo(4);
    assertThat(counts.applied()).isEqualTo(1);
    assertThat(counts.withheld()).isEqualTo(2);
    assertThat(log.confirmed(EVENTS, 0, 10))
        .singleElement()
        .satisfies(
            range -> {
              assertThat(range.records()).isEqualTo(4);
              assertThat(range.events()).isEqualTo(1);
              assertThat(range.firstEvent()).isEqualTo(2);
              assertThat(range.lastEvent()).isEqualTo(2);
            });
  }

  @Test
  void knowsSinceWhenTheOldestRecordWaits() {
    assertThat(log.oldestWaiting(EVENTS)).isEmpty();
    log.append(submission(BANK, event(BANK, "1")));

    assertThat(log.oldestWaiting(EVENTS)).contains(NOON);
    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
    assertThat(log.oldestWaiting(EVENTS)).isEmpty();
  }

  @Test
  void continuesItsOffsetsAfterTrimming() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
    log.append(submission(BANK, event(BANK, "3")));
    clock.advance(Duration.ofHours(1));
    log.trim(List.of(EVENTS, QUARANTINE), clock.instant());

    Batch batch = log.next(EVENTS, ALL).orElseThrow();

    assertThat(batch.entries()).extracting(Batch.Entry::offset).containsExactly(3L);
    assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
  }

  @Test
  void losesAndDoublesNothingUnderConcurrency() throws Exception {
    List<Callable<Receipt>> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String shared = "shared-" + i / 2;
      String own = "own-" + i;
      requests.add(() -> log.append(submission(BANK, event(BANK, shared), event(BANK, own))));
    }
    int accepted = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Receipt> receipt : executor.invokeAll(requests)) {
        accepted += receipt.get().accepted();
      }
    }

    assertThat(accepted).isEqualTo(300);
    assertThat(log.next(EVENTS, ALL).orElseThrow().entries())
        .extracting(entry -> ((LogRecord.Event) entry.record()).source().eventId())
        .doesNotHaveDuplicates()
        .hasSize(300);
    assertThat(log.counts(BANK).accepted()).isEqualTo(300);
    assertThat(log.counts(BANK).duplicate()).isEqualTo(100);
  }

  @Test
  void letsEachReaderGoAtItsOwnPace() {
    log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "x"), event(BANK, "2")));

    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());

    assertThat(log.next(EVENTS, ALL)).isEmpty();
    assertThat(log.waiting(EVENTS)).isZero();
    assertThat(log.waiting(QUARANTINE)).isEqualTo(3);
    assertThat(log.next(QUARANTINE, ALL).orElseThrow().entries())
        .extracting(Batch.Entry::offset)
        .containsExactly(2L);
  }

  @Test
  void passesStretchesWithoutRecordsOfTheLane() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));

    assertThat(log.next(QUARANTINE, ALL)).isEmpty();

    assertThat(log.waiting(QUARANTINE)).isZero();
    log.append(submission(BANK, quarantined(BANK, "x")));
    assertThat(log.next(QUARANTINE, ALL).orElseThrow().first()).isEqualTo(3);
  }

  @Test
  void keepsWhatTheSlowestReaderHasNotConfirmed() {
    log.append(submission(BANK, event(BANK, "1"), quarantined(BANK, "x")));
    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
    clock.advance(Duration.ofHours(1));

    log.trim(List.of(EVENTS, QUARANTINE), clock.instant());

    assertThat(log.next(QUARANTINE, ALL).orElseThrow().entries()).hasSize(1);
  }

  @Test
  void remembersWhichBatchesWereConfirmed() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "2"), event(BANK, "3")));
    Batch two = log.next(EVENTS, new BatchLimit(2, Long.MAX_VALUE)).orElseThrow();
    log.confirm(EVENTS, two);
    log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());

    assertThat(log.confirmed(EVENTS, 0, 1))
        .containsExactly(Confirmed.of(two, Withheld.NOTHING, NOON));
    assertThat(log.confirmed(EVENTS, 2, 10)).extracting(Confirmed::last).containsExactly(3L);
    assertThat(log.confirmed(QUARANTINE, 0, 10)).isEmpty();
  }

  @Test
  void countsByMinuteOfReceipt() {
    log.append(
        new Submission(
            BANK,
            List.of(event(BANK, "1"), event(BANK, "1"), change(BANK, "2"), quarantined(BANK, "x")),
            Map.of(RefuseReason.BODY_TOO_LARGE, 4)));
    log.append(submission(SHOP, event(SHOP, "1")));
    Instant minute = NOON.truncatedTo(ChronoUnit.MINUTES);

    assertThat(log.minuteCounts(BANK, minute, minute.plusSeconds(60)))
        .containsExactly(new MinuteCounts(minute, 2, 1, 1, 1, 4));
    assertThat(log.minuteCounts(BANK, minute.plusSeconds(60), NOON.plusSeconds(9999))).isEmpty();

    clock.advance(EventLog.MINUTES_KEPT.plusMinutes(2));
    log.trim(List.of(EVENTS), NOON);
    assertThat(log.minuteCounts(BANK, minute, minute.plusSeconds(60))).isEmpty();
  }

  @Test
  void setsRecordsAsideInOnePiece() {
    log.append(submission(BANK, event(BANK, "1"), event(BANK, "bad"), event(BANK, "3")));
    Batch batch = log.next(EVENTS, ALL).orElseThrow();
    log.append(submission(BANK, event(BANK, "4")));

    log.setAside(EVENTS, batch, Map.of(2L, quarantined(BANK, "bad")));

    Batch rest = log.next(EVENTS, ALL).orElseThrow();
    assertThat(rest.entries()).extracting(Batch.Entry::offset).containsExactly(1L, 3L);
    assertThat(rest.last()).isEqualTo(3);
    assertThat(rest.checksum()).isNotEqualTo(batch.checksum());
    assertThat(log.next(QUARANTINE, ALL).orElseThrow().entries())
        .extracting(Batch.Entry::offset)
        .containsExactly(5L);
    LogCounts counts = log.counts(BANK);
    assertThat(counts.accepted()).isEqualTo(3);
    assertThat(counts.quarantinedTotal()).isEqualTo(1);
    assertThat(counts.received()).isEqualTo(4);
    Instant minute = NOON.truncatedTo(ChronoUnit.MINUTES);
    assertThat(log.minuteCounts(BANK, minute, minute.plusSeconds(60)))
        .containsExactly(new MinuteCounts(minute, 3, 3, 0, 1, 0));
    assertThat(log.append(submission(BANK, event(BANK, "bad"))).accepted()).isEqualTo(1);
  }

  @Test
  void returnsAnEmptyBatchWhenAllOfItIsSetAside() {
    log.append(submission(BANK, event(BANK, "bad")));
    Batch batch = log.next(EVENTS, ALL).orElseThrow();
    log.setAside(EVENTS, batch, Map.of(1L, quarantined(BANK, "bad")));

    Batch rest = log.next(EVENTS, ALL).orElseThrow();
    assertThat(rest.entries()).isEmpty();
    log.confirm(EVENTS, rest);

    assertThat(log.counts(BANK).accepted()).isZero();
    assertThat(log.counts(BANK).delivered()).isZero();
    log.append(submission(BANK, event(BANK, "next")));
    assertThat(log.next(EVENTS, ALL).orElseThrow().entries()).hasSize(1);
  }
}
