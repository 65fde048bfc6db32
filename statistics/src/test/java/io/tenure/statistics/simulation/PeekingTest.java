package io.tenure.statistics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A smaller version of the table in the README, with its own seeds. */
final class PeekingTest {

  private static final int RUNS = 300;

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void fiveHundredLooksRaiseNoMoreFalseAlarmsThanPromised(Distribution distribution) {
    Peeking.Findings findings = new Peeking(distribution, 10_000, 500, 0.05, 0).run(RUNS, 20260101);
    double limit = RUNS * (0.05 + 2 * Math.sqrt(0.05 * 0.95 / RUNS));
    assertThat(findings.groupSequential()).isLessThanOrEqualTo((int) limit);
    assertThat(findings.sequence()).isLessThanOrEqualTo((int) limit);
    // What the designs are for: a fixed test that is looked at as often.
    assertThat(findings.naive()).isGreaterThan((int) (RUNS * 0.35));
  }

  @Test
  void lookingEveryDayKeepsMostOfThePower() {
    Peeking.Findings findings =
        new Peeking(Distribution.NORMAL, 2_800, 28, 0.05, 0.8).run(2_000, 20260102);
    assertThat(findings.fixedAtEnd() / 2_000.0).isBetween(0.77, 0.83);
    assertThat(findings.groupSequential() / 2_000.0).isGreaterThan(0.73);
    assertThat(findings.sequence() / 2_000.0).isGreaterThan(0.42);
  }

  @Test
  void theSameSeedFindsTheSame() {
    Peeking peeking = new Peeking(Distribution.BERNOULLI, 1_000, 10, 0.05, 0.5);
    assertThat(peeking.run(50, 7)).isEqualTo(peeking.run(50, 7));
    assertThat(peeking.run(50, 7)).isNotEqualTo(peeking.run(50, 8));
  }
}
