package io.tenure.statistics.balance;

import static io.tenure.statistics.Vectors.assertClose;
import static io.tenure.statistics.Vectors.assertProbability;
import static io.tenure.statistics.Vectors.doubles;
import static io.tenure.statistics.Vectors.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.Vectors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SampleRatioTest {

  private final Vectors vectors = Vectors.of("balance");

  @Test
  void agreesWithTheChiSquareTest() {
    vectors
        .cases("ratios")
        .forEach(
            c -> {
              SampleRatio ratio =
                  SampleRatio.check(longs(c.path("units")), doubles(c.path("weights")));
              assertClose(ratio.statistic(), c.path("statistic"), c.toString());
              assertThat(ratio.degreesOfFreedom()).isEqualTo(c.path("df").intValue());
              assertProbability(ratio.pValue(), c.path("p"), c.toString());
            });
  }

  @Test
  void findsThePublishedMismatch() {
    SampleRatio ratio = SampleRatio.check(new long[] {821_588, 815_482}, new double[] {0.5, 0.5});
    assertThat(ratio.pValue()).isCloseTo(1.82e-6, within(5e-9));
    assertThat(ratio.severity()).isEqualTo(Severity.ALARM);
  }

  @Test
  void warnsBeforeItAlarms() {
    // Cookie Cats: below 0.01, not below 0.001.
    SampleRatio cats = SampleRatio.check(new long[] {44_700, 45_489}, new double[] {1, 1});
    assertThat(cats.pValue()).isCloseTo(0.0086, within(5e-5));
    assertThat(cats.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void anArmWithoutWeightHasNoUnits() {
    double[] weights = {0.5, 0.5, 0};
    assertThat(SampleRatio.check(new long[] {500, 480, 1}, weights).pValue()).isZero();
    assertThat(SampleRatio.check(new long[] {500, 480, 0}, weights).degreesOfFreedom())
        .isEqualTo(1);
  }

  @Test
  void noUnitsAreNoMismatch() {
    assertThat(SampleRatio.check(new long[] {0, 0}, new double[] {1, 1}).pValue()).isEqualTo(1);
  }

  @Test
  void refusesWeightsThatAreNone() {
    assertThatThrownBy(() -> SampleRatio.check(new long[] {1, 1}, new double[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleRatio.check(new long[] {1, -1}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBetAgreesWithSixtyDigits() {
    vectors
        .cases("bets")
        .forEach(
            c -> {
              double evidence =
                  SampleRatioRun.withConcentration(
                          c.path("concentration").doubleValue(), doubles(c.path("weights")))
                      .logEvidence(longs(c.path("units")));
              assertThat(evidence)
                  .as(c.toString())
                  .isCloseTo(Vectors.number(c.path("logEvidence")), within(1e-9));
            });
  }

  @Test
  void aRunKeepsItsWorstLook() {
    SampleRatioRun run = SampleRatioRun.start(1, 1).next(6_000, 5_000);
    double worst = run.pValue();
    assertThat(run.severity()).isEqualTo(Severity.ALARM);
    assertThat(run.next(600_000, 600_000).pValue()).isEqualTo(worst);
  }

  @Test
  void anArmThatComesLateIsOutOfItsWeight() {
    assertThat(SampleRatioRun.start(1, 1, 0).next(500, 500, 1).pValue()).isZero();
  }

  @Test
  void watchingAfterEveryBatchRaisesNoFalseAlarms() {
    SplittableRandom random = new SplittableRandom(20260101);
    int alarms = 0;
    int runs = 2_000;
    for (int i = 0; i < runs; i++) {
      SampleRatioRun run = SampleRatioRun.withConcentration(100, 1, 1);
      long first = 0;
      for (int look = 1; look <= 100; look++) {
        for (int unit = 0; unit < 20; unit++) {
          first += random.nextInt(2);
        }
        run = run.next(first, look * 20L - first);
      }
      alarms += run.pValue() < 0.05 ? 1 : 0;
    }
    assertThat(alarms).isLessThan((int) (runs * 0.05));
  }
}
