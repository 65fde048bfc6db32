package io.tenure.alert.domain.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.alert.domain.UserSet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BacktestTest {

  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  @Test
  void judgesOnlyUsersWhoHadNotLeftAlready() {
    Period period =
        Period.judge(MAY, UserSet.of(1, 2, 3, 4), UserSet.of(3, 4, 9), UserSet.of(1, 4, 8));

    assertThat(period).isEqualTo(new Period(MAY, 4, 2, 1, 2));
  }

  @Test
  void addsUpPeriodsBeforeItDivides() {
    Backtest backtest =
        new Backtest(List.of(new Period(MAY, 100, 10, 8, 20), new Period(MAY, 100, 0, 0, 5)));

    assertThat(backtest.warned()).isEqualTo(10);
    assertThat(backtest.warnedLost()).isEqualTo(8);
    assertThat(backtest.precision()).isEqualTo(0.8);
    assertThat(backtest.baseRate()).isEqualTo(0.125);
    assertThat(backtest.lift()).isEqualTo(6.4);
    assertThat(backtest.recall()).isEqualTo(0.32);
  }

  @Test
  void answersZeroWhereNothingHappened() {
    Backtest backtest = new Backtest(List.of(new Period(MAY, 0, 0, 0, 0)));

    assertThat(backtest.precision()).isZero();
    assertThat(backtest.lift()).isZero();
    assertThat(backtest.recall()).isZero();
    assertThat(backtest.precisionInterval()).isEqualTo(new WilsonInterval(0, 1));
  }

  /** Worked by hand: z = 1.96, (p + z²/2n ± z√(p(1-p)/n + z²/4n²)) / (1 + z²/n). */
  @Test
  void knowsTheWilsonInterval() {
    assertInterval(WilsonInterval.of(8, 10), 0.4902, 0.9433);
    assertInterval(WilsonInterval.of(1, 2), 0.0945, 0.9055);
    assertInterval(WilsonInterval.of(0, 10), 0.0, 0.2775);
    assertInterval(WilsonInterval.of(10, 10), 0.7225, 1.0);
  }

  private static void assertInterval(WilsonInterval interval, double lower, double upper) {
    assertThat(interval.lower()).isCloseTo(lower, within(0.0001));
    assertThat(interval.upper()).isCloseTo(upper, within(0.0001));
  }
}
