package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookScheduleTest {

  private static final Instant START = Instant.parse("2026-03-01T09:30:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void looksOftenAtFirstAndSeldomLater() {
    LookSchedule schedule = running(DesignKind.GROUP_SEQUENTIAL);
    assertThat(schedule.until(START)).isEmpty();
    assertThat(schedule.until(START.plus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(days(schedule.until(START.plus(Duration.ofDays(30)))))
        .containsExactly(1 / 24d, 0.25, 1d, 2d, 3d, 4d, 5d, 6d, 7d, 14d, 21d, 28d);
    assertThat(days(schedule.until(START.plus(Duration.ofDays(113)))))
        .endsWith(49d, 56d, 84d, 112d);
    assertThat(schedule.until(START.plus(Duration.ofDays(5 * 365)))).hasSizeLessThan(50);
  }

  @Test
  void aLookComesAtItsInstant() {
    LookSchedule schedule = running(DesignKind.GROUP_SEQUENTIAL);
    Instant day = START.plus(Duration.ofDays(1));
    assertThat(schedule.until(day)).endsWith(day);
    assertThat(schedule.until(day.minusMillis(1))).doesNotContain(day);
    assertThat(schedule.latest(day)).isEqualTo(day);
    assertThat(schedule.latest(day.minusMillis(1))).isEqualTo(START.plus(Duration.ofHours(6)));
    assertThat(schedule.after(day)).isEqualTo(START.plus(Duration.ofDays(2)));
  }

  @Test
  void aSequenceIsLookedAtNowToo() {
    Instant now = START.plus(Duration.ofMinutes(10));
    assertThat(running(DesignKind.CONFIDENCE_SEQUENCE).until(now)).containsExactly(now);
  }

  @Test
  void aFixedDesignIsLookedAtOnceWhenNothingCanChange() {
    LookSchedule running = running(DesignKind.FIXED);
    assertThat(running.until(START.plus(Duration.ofDays(400)))).isEmpty();
    assertThat(running.after(START)).isNull();
    LookSchedule stopped = new LookSchedule(DesignKind.FIXED, START, START.plus(WEEK), WEEK);
    Instant end = START.plus(WEEK).plus(WEEK);
    assertThat(stopped.until(end.minusMillis(1))).isEmpty();
    assertThat(stopped.until(end.plus(WEEK))).containsExactly(end);
    assertThat(stopped.after(START)).isEqualTo(end);
  }

  @Test
  void looksOnUntilTheWindowsOfTheLastUnitsHaveEnded() {
    Instant stop = START.plus(Duration.ofDays(3)).plusSeconds(1);
    LookSchedule schedule =
        new LookSchedule(DesignKind.GROUP_SEQUENTIAL, START, stop, Duration.ofDays(2));
    assertThat(days(schedule.until(START.plus(Duration.ofDays(100)))))
        .startsWith(1 / 24d, 0.25, 1d, 2d, 3d, 4d, 5d)
        .hasSize(8);
    assertThat(schedule.until(START.plus(Duration.ofDays(100))))
        .endsWith(stop.plus(Duration.ofDays(2)));
    assertThat(schedule.after(stop.plus(Duration.ofDays(2)))).isNull();
  }

  private static LookSchedule running(DesignKind design) {
    return new LookSchedule(design, START, null, WEEK);
  }

  private static List<Double> days(List<Instant> looks) {
    return looks.stream()
        .map(look -> Duration.between(START, look).toMillis() / 86_400_000d)
        .toList();
  }
}
