package io.tenure.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Baseline;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Interval;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sample.Obstacle;
import org.junit.jupiter.api.Test;

final class SequentialRunTest {

  private static final GroupSequentialPlan PLAN = GroupSequentialPlan.usual(0.05, 1_000);
  private static final ConfidenceSequencePlan SEQUENCE =
      new ConfidenceSequencePlan(0.05, Alternative.TWO_SIDED, 1_000);

  @Test
  void aCrossedBoundStaysCrossed() {
    GroupSequentialRun run =
        GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(seen(3.5, 500)).next(seen(0.1, 900));
    assertThat(run.significant()).isTrue();
    assertThat(run.pValue()).isLessThan(0.05);
  }

  @Test
  void intervalsReachAsFarAsTheBound() {
    GroupSequentialRun run = GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(seen(1, 400));
    double bound = run.looks().bound(0);
    Interval interval = run.running().interval();
    assertThat(interval.low()).isCloseTo(1 - bound, within(1e-12));
    assertThat(interval.high()).isCloseTo(1 + bound, within(1e-12));
  }

  @Test
  void thePValueSaysWhatTheBoundsSay() {
    Property.forAll(
        30,
        Generator.lists(Generator.integers(-400, 400), 5),
        hundredths -> {
          GroupSequentialRun run = GroupSequentialRun.start(PLAN, Scale.ABSOLUTE);
          long units = 0;
          for (int statistic : hundredths) {
            units += 200;
            run = run.next(seen(statistic / 100.0, units));
          }
          assertThat(run.pValue() <= 0.05).isEqualTo(run.significant());
        });
  }

  @Test
  void aLookWithoutNewUnitsIsNone() {
    GroupSequentialRun run =
        GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(seen(1, 400)).next(seen(5, 400));
    assertThat(run.looks().count()).isEqualTo(1);
    assertThat(run.significant()).isFalse();
  }

  @Test
  void pastThePlannedEndTheRestOfTheBudgetGoesToASequence() {
    GroupSequentialRun run =
        GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(seen(1, 400)).next(seen(1.5, 800));
    double left = 0.05 - 0.05 * 0.64;
    assertThat(run.remainder().orElseThrow().alpha()).isCloseTo(left, within(1e-15));
    GroupSequentialRun after = run.next(seen(1.6, 1_500));
    assertThat(after.looks().count()).isEqualTo(2);
    assertThat(after.significant()).isFalse();
    double bound = run.remainder().orElseThrow().bound(2_000);
    assertThat(run.next(seen(bound + 1e-9, 2_000)).significant()).isTrue();
    assertThat(run.next(seen(bound - 1e-6, 2_000)).significant()).isFalse();
  }

  @Test
  void aBudgetSpentToTheEndLeavesNothing() {
    GroupSequentialRun run = GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(seen(1, 1_000));
    assertThat(run.remainder()).isEmpty();
    Interval frozen = run.running().interval();
    GroupSequentialRun after = run.next(seen(9, 5_000));
    assertThat(after.significant()).isFalse();
    assertThat(after.running().interval()).isEqualTo(frozen);
    assertThat(after.effect()).isInstanceOf(Effect.Estimated.class);
  }

  @Test
  void metricsOfOneExperimentShareTheirLooks() {
    Looks first = PLAN.start().next(400);
    Looks second = first.next(800);
    GroupSequentialRun run =
        GroupSequentialRun.start(PLAN, Scale.ABSOLUTE)
            .next(first, seen(1, 40))
            .next(second, seen(1.2, 80));
    assertThat(run.looks()).isSameAs(second);
    assertThatThrownBy(
            () -> GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(second, seen(1, 80)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLookThatCannotBeToldSpendsItsShareAndRejectsNothing() {
    Comparison none = new Comparison.Incomparable(new Obstacle.ZeroVariance());
    Looks first = PLAN.start().next(400);
    GroupSequentialRun run = GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(first, none);
    assertThat(run.effect()).isEqualTo(new Effect.Unavailable(new Obstacle.ZeroVariance()));
    assertThat(run.significant()).isFalse();
    assertThat(run.next(first.next(1_000), seen(3, 1_000)).significant()).isTrue();
  }

  @Test
  void youngArmsWithFewDegreesOfFreedomRaiseNoAlarm() {
    Difference young = new Difference(2.5, 1, 3, 1_000, new Baseline(10, 0.5, -0.5));
    Difference old = new Difference(2.5, 1, 3_000, 1_000, new Baseline(10, 0.5, -0.5));
    assertThat(GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(young).significant()).isFalse();
    assertThat(GroupSequentialRun.start(PLAN, Scale.ABSOLUTE).next(old).significant()).isTrue();
  }

  @Test
  void aSequenceKeepsWhatAllLooksLeave() {
    ConfidenceSequenceRun run =
        ConfidenceSequenceRun.start(SEQUENCE, Scale.ABSOLUTE)
            .next(seen(4, 1_000))
            .next(seen(1, 1_000));
    double width = SEQUENCE.bound(1_000);
    assertThat(run.running().interval()).isEqualTo(new Interval(4 - width, 1 + width));
    assertThat(run.running().drifted()).isFalse();
    assertThat(run.significant()).isTrue();
    assertThat(run.pValue()).isEqualTo(SEQUENCE.pValue(4, 1_000));
  }

  @Test
  void anEffectThatTurnedIsSaidToHaveDrifted() {
    ConfidenceSequenceRun run =
        ConfidenceSequenceRun.start(SEQUENCE, Scale.ABSOLUTE)
            .next(seen(9, 1_000))
            .next(seen(-9, 1_000));
    assertThat(run.running().drifted()).isTrue();
    assertThat(run.running().interval().high()).isNegative();
  }

  @Test
  void aSequenceOfAnotherBudgetExcludesZeroExactlyWhenThePValueSaysSo() {
    for (Alternative alternative : Alternative.values()) {
      ConfidenceSequencePlan plan = new ConfidenceSequencePlan(0.05, alternative, 1_000);
      for (double statistic = 0.1; statistic < 6; statistic += 0.05) {
        double oriented = alternative == Alternative.LESS ? -statistic : statistic;
        for (double budget : new double[] {0.001, 0.01, 0.05, 0.2}) {
          assertThat(statistic > plan.withAlpha(budget).bound(400))
              .isEqualTo(plan.pValue(oriented, 400) < budget);
        }
      }
    }
  }

  @Test
  void aSequenceIsSignificantExactlyWhenItExcludesZero() {
    for (Alternative alternative : Alternative.values()) {
      ConfidenceSequencePlan plan = new ConfidenceSequencePlan(0.05, alternative, 1_000);
      Property.forAll(
          Generator.integers(-600, 600),
          hundredths -> {
            ConfidenceSequenceRun run =
                ConfidenceSequenceRun.start(plan, Scale.ABSOLUTE)
                    .next(seen(hundredths / 100.0, 700));
            assertThat(run.significant()).isEqualTo(!run.running().interval().contains(0));
          });
    }
  }

  @Test
  void nothingOverflows() {
    assertThat(SEQUENCE.pValue(1e8, Long.MAX_VALUE)).isZero();
    assertThat(SEQUENCE.bound(Long.MAX_VALUE)).isFinite();
    assertThat(SEQUENCE.pValue(0, Long.MAX_VALUE)).isEqualTo(1);
  }

  private static Difference seen(double statistic, long units) {
    return new Difference(
        statistic, 1, Double.POSITIVE_INFINITY, units, new Baseline(10, 0.5, -0.5));
  }
}
