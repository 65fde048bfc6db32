package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static io.tenure.collector.domain.Records.submission;
import static io.tenure.collector.domain.log.Reader.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksEventLogTest extends EventLogContract {

  @TempDir private Path directory;

  @Override
  EventLog open(Clock clock) {
    return open(directory.resolve("contract"), clock, 0);
  }

  private static RocksEventLog open(Path directory, Clock clock, long reserve) {
    return new RocksEventLog(
        new RocksEventLog.Settings(directory, WINDOW, reserve, 1024, Duration.ofSeconds(30)),
        clock);
  }

  @Test
  void remembersEverythingWhenItIsOpenedAgain() {
    Path path = directory.resolve("again");
    String id;
    Batch cut;
    LogCounts counts;
    try (EventLog log = open(path, clock, 0)) {
      id = log.id();
      log.append(submission(BANK, event(BANK, "1")));
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      log.append(submission(BANK, event(BANK, "2"), quarantined(BANK, "x")));
      cut = log.next(EVENTS, ALL).orElseThrow();
      log.append(submission(BANK, event(BANK, "3")));
      counts = log.counts(BANK);
    }

    try (EventLog log = open(path, clock, 0)) {
      assertThat(log.id()).isEqualTo(id);
      assertThat(log.counts(BANK)).isEqualTo(counts);
      assertThat(log.next(EVENTS, ALL)).contains(cut);
      assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
      log.confirm(EVENTS, cut);
      assertThat(log.next(EVENTS, ALL).orElseThrow().first()).isEqualTo(4);
    }
  }

  @Test
  void aCopyHasWhatWasAcknowledgedBeforeAndNothingLater() {
    Path copy = directory.resolve("copy");
    LogCounts counts;
    try (RocksEventLog log = open(directory.resolve("copied"), clock, 0)) {
      log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      log.append(submission(BANK, event(BANK, "3"), quarantined(BANK, "x")));
      counts = log.counts(BANK);
      log.copyTo(copy);
      log.append(submission(BANK, event(BANK, "4")));
    }
    try (EventLog log = open(copy, clock, 0)) {
      assertThat(log.counts(BANK)).isEqualTo(counts);
      assertThat(log.append(submission(BANK, event(BANK, "3"))).duplicate()).isEqualTo(1);
      Batch rest = log.next(EVENTS, ALL).orElseThrow();
      assertThat(rest.entries()).extracting(Batch.Entry::offset).containsExactly(3L);
    }
  }

  @Test
  void aRestoredLogGivesNoOffsetThatWasGivenAfterTheCopy() {
    Path copy = directory.resolve("resumed");
    long later;
    try (RocksEventLog log = open(directory.resolve("left"), clock, 0)) {
      log.append(submission(BANK, event(BANK, "1")));
      log.copyTo(copy);
      log.append(submission(BANK, event(BANK, "2"), event(BANK, "3")));
      later = log.next(EVENTS, ALL).orElseThrow().last();
    }
    RocksEventLog.resume(copy);
    try (EventLog log = open(copy, clock, 0)) {
      Batch first = log.next(EVENTS, ALL).orElseThrow();
      assertThat(first.entries()).hasSize(1);
      log.confirm(EVENTS, first);
      assertThat(log.waiting(EVENTS)).isZero();
      log.append(submission(BANK, event(BANK, "4")));
      Batch next = log.next(EVENTS, ALL).orElseThrow();
      assertThat(next.entries().getFirst().offset()).isGreaterThan(later);
      log.confirm(EVENTS, next);
      assertThat(log.waiting(EVENTS)).isZero();
    }
    try (EventLog log = open(copy, clock, 0)) {
      assertThat(log.next(EVENTS, ALL)).isEmpty();
    }
  }

  @Test
  void continuesItsOffsetsAfterTrimmingEverythingAndOpeningAgain() {
    Path path = directory.resolve("trimmed");
    try (EventLog log = open(path, clock, 0)) {
      log.append(submission(BANK, event(BANK, "1"), event(BANK, "2")));
      log.confirm(EVENTS, log.next(EVENTS, ALL).orElseThrow());
      clock.advance(Duration.ofHours(1));
      log.trim(List.of(EVENTS), clock.instant());
    }

    try (EventLog log = open(path, clock, 0)) {
      log.append(submission(BANK, event(BANK, "3")));
      assertThat(log.next(EVENTS, ALL).orElseThrow().first()).isEqualTo(3);
    }
  }

  @Test
  void takesNothingBelowTheDiskReserve() {
    try (EventLog log = open(directory.resolve("full"), clock, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> log.append(submission(BANK, event(BANK, "1"))))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.retryAfter()).isPresent();
              });
      assertThat(log.isWritable()).isFalse();
      assertThat(log.next(EVENTS, ALL)).isEmpty();
    }
  }

  @Test
  void refusesADirectoryAnotherLogHasOpen() {
    Path path = directory.resolve("locked");
    try (EventLog log = open(path, clock, 0)) {
      assertThat(log.isWritable()).isTrue();
      assertThatThrownBy(() -> open(path, clock, 0)).isInstanceOf(IllegalStateException.class);
    }
  }
}
