package io.tenure.alert.domain.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void endsWhereOutcomesAreStillKnown() {
    assertThat(Schedule.instants(START, day(5), DAY, Duration.ofDays(2)))
        .containsExactly(day(0), day(1), day(2), day(3));
  }

  @Test
  void refusesAPeriodWithoutKnownOutcome() {
    assertThatThrownBy(() -> Schedule.instants(START, day(5), DAY, Duration.ofDays(6)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.violations().getFirst().field()).isEqualTo("start_time"));
  }

  @Test
  void allowsFourHundredInstantsAndNoMore() {
    assertThat(Schedule.instants(START, day(400), DAY, DAY)).hasSize(400);
    assertThatThrownBy(() -> Schedule.instants(START, day(401), DAY, DAY))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.violations().getFirst().field()).isEqualTo("step"));
  }

  @Test
  void refusesAStepThatDoesNotMove() {
    assertThatThrownBy(() -> Schedule.instants(START, day(5), Duration.ZERO, DAY))
        .isInstanceOf(Failure.class);
  }

  private static Instant day(int number) {
    return START.plus(Duration.ofDays(number));
  }
}
