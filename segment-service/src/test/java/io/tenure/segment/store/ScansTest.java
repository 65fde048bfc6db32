package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.segment.Bank;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.Run;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits, costs, progress and the end of statements on the real engine. */
final class ScansTest {

  private static final String ENDLESS =
      "SELECT sum(cityHash64(number, number + 1)) AS total FROM numbers(1000000000000)";

  private static Bank bank;

  @BeforeAll
  static void fill() {
    bank = Bank.open("scans");
    for (int user = 1; user <= 50; user++) {
      bank.event(user, "Login", "2026-03-01T10:00:00Z");
    }
    bank.store();
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void refusesToReadOrHoldMoreThanAllowedAndGoesOn() {
    Scans few = new Scans(bank.clickHouse(), new AnalysisLimits(10, 1L << 30), bank.columns());
    assertRefused(few, "SELECT uniqExact(user_number) AS total FROM events", "too many rows");
    Scans small =
        new Scans(bank.clickHouse(), new AnalysisLimits(1_000_000_000, 4L << 20), bank.columns());
    assertRefused(
        small,
        "SELECT length(groupArray(toString(number))) AS total FROM numbers(5000000)",
        "too much memory");
    assertThat(total(small, "SELECT count() AS total FROM events")).containsExactly(50L);
  }

  @Test
  void tellsTheCostsWithoutReading() {
    Run run = Run.estimating();
    List<Long> rows =
        run.within(() -> total(bank.scans(), "SELECT uniqExact(user_number) AS total FROM events"));
    assertThat(rows).isEmpty();
    assertThat(run.rowsRead()).isEqualTo(50);
  }

  @Test
  void stopsAStatementWhenItsRunIsCancelledAndShowsItsProgressBefore() throws Exception {
    Scans scans =
        new Scans(bank.clickHouse(), new AnalysisLimits(Long.MAX_VALUE, 1L << 30), bank.columns());
    Run run = Run.answering();
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Long>> answer = thread.submit(() -> run.within(() -> total(scans, ENDLESS)));
      while (scans.rowsRead(run) == 0 && !answer.isDone()) {
        Thread.sleep(50);
      }
      run.cancel();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(answer::get)
          .havingCause()
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
    }
    while (scans.rowsRead(run) > 0) {
      Thread.sleep(50);
    }
  }

  @Test
  void theVersionOfTheDataChangesWithRowsAndNotWithMerges() {
    ClickHouseWatermark watermark = new ClickHouseWatermark(bank.clickHouse(), Clock.systemUTC());
    String before = watermark.version();
    assertThat(watermark.version()).isEqualTo(before);
    bank.clickHouse().execute("OPTIMIZE TABLE events FINAL", Map.of());
    String merged = watermark.version();
    bank.event(1, "Version", "2026-03-01T10:00:00Z").store();
    assertThat(watermark.version()).isNotEqualTo(merged);
    String deleted = watermark.version();
    bank.clickHouse()
        .execute(
            "ALTER TABLE events DELETE WHERE name = 'Version' SETTINGS mutations_sync = 2",
            Map.of());
    assertThat(watermark.version()).isNotEqualTo(deleted);
    assertThat(merged).isEqualTo(before);
  }

  private static void assertRefused(Scans scans, String sql, String text) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> total(scans, sql))
        .withMessageContaining(text)
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.RESOURCE_EXHAUSTED));
  }

  private static List<Long> total(Scans scans, String sql) {
    return scans.rows(sql, new SqlParameters(), row -> row.getLong("total"));
  }
}
