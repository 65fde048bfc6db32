package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Dimension;
import io.tenure.experiment.domain.result.ArmSource.Slice;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.domain.result.Proposal.Kind;
import io.tenure.platform.failure.Failure;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.multiplicity.Guardrail;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.ProportionSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From what arms did to what should be done. */
final class ExperimentResultsTest {

  private static final int ARM_UNITS = 10_000;

  @Test
  void tellsEffectsRelativeToTheControl() {
    Results results = told(grown(1_000, 1_200, 300, 300));
    Answer answer = answer(results.goals().getFirst());
    assertThat(answer.outcome())
        .isInstanceOfSatisfying(
            Answer.Told.class,
            told -> {
              assertThat(told.effect().estimate()).isCloseTo(0.2, within(1e-12));
              assertThat(told.significant()).isTrue();
              assertThat(told.effect().pValue()).isLessThan(0.01);
            });
    assertThat(Objects.requireNonNull(answer(results.guardrails().getFirst()).guardrail()).state())
        .isEqualTo(Guardrail.State.OPEN);
    assertThat(results.balance().arms()).containsExactly("old", "new");
  }

  @Test
  void judgesAtEveryLookThereWas() {
    Trial trial = grown(1_000, 1_200, 300, 300);
    Results results = told(trial);
    // 1 and 6 hours and seven days.
    assertThat(results.basis().looks()).isEqualTo(9);
    assertThat(results.basis().look()).isEqualTo(Trial.START.plus(Duration.ofDays(7)));
    assertThat(results.basis().next()).isEqualTo(Trial.START.plus(Duration.ofDays(14)));
    assertThat(results.basis().units()).isEqualTo(2 * ARM_UNITS);
    assertThat(trial.questions)
        .filteredOn(question -> question.metric() != null)
        .allSatisfy(
            question -> assertThat(question.looks()).hasSize(9).endsWith(results.basis().look()));
    List<Series> series = trial.results().series(Trial.PROJECT, Trial.LATEST);
    assertThat(series).extracting(Series::metric).containsExactly("sales", "complaints");
    assertThat(series.getFirst().points()).hasSize(9);
    // Intervals of a sequence of looks only shrink, and the last says what the results say.
    assertThat(
            Objects.requireNonNull(series.getFirst().points().getLast().effects().get("new"))
                .interval())
        .isEqualTo(
            ((Answer.Told) answer(results.goals().getFirst()).outcome()).effect().interval());
    assertThat(
            Objects.requireNonNull(series.getFirst().points().getFirst().effects().get("new"))
                .significant())
        .isFalse();
  }

  @Test
  void proposesToShipWhatIsBetterAndHarmsNothing() {
    Proposal proposal = proposal(grown(1_000, 1_200, 3_000, 2_900));
    assertThat(proposal.kind()).isEqualTo(Kind.SHIP);
    assertThat(proposal.variant()).isEqualTo("new");
    assertThat(proposal.reasons())
        .anyMatch(reason -> reason.contains("'new' is better on 'sales': +20.00 %"))
        .anyMatch(reason -> reason.contains("guardrail 'complaints' holds"));
  }

  @Test
  void waitsUntilAGuardrailIsKnownToHold() {
    assertThat(proposal(grown(1_000, 1_200, 300, 300)).kind()).isEqualTo(Kind.CONTINUE);
    Trial complete = new Trial(DesignKind.GROUP_SEQUENTIAL, 2L * ARM_UNITS);
    complete.deeds = deeds(1_000, 1_200, 300, 300);
    assertThat(proposal(complete).kind()).isEqualTo(Kind.DISCUSS);
  }

  @Test
  void proposesToStopHarm() {
    Proposal broken = proposal(grown(1_000, 1_200, 300, 500));
    assertThat(broken.kind()).isEqualTo(Kind.STOP);
    assertThat(broken.reasons()).anyMatch(reason -> reason.contains("guardrail 'complaints'"));
    assertThat(proposal(grown(1_200, 1_000, 3_000, 3_000)).kind()).isEqualTo(Kind.STOP);
  }

  @Test
  void lessIsBetterWhereAMetricSaysSo() {
    Trial waiting =
        new Trial(DesignKind.GROUP_SEQUENTIAL, 10L * ARM_UNITS, null, Direction.LOWER_IS_BETTER);
    waiting.deeds = deeds(1_200, 1_000, 3_000, 2_900);
    assertThat(proposal(waiting).kind()).isEqualTo(Kind.SHIP);
    waiting.deeds = deeds(1_000, 1_200, 3_000, 2_900);
    assertThat(proposal(waiting).kind()).isEqualTo(Kind.STOP);
  }

  @Test
  void seesWhatHappenedAtTheLastInstantThatIsKnown() {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
    assertThat(told(trial).basis().look())
        .isEqualTo(Objects.requireNonNull(trial.newest).plusMillis(1));
  }

  @Test
  void keepsTheControlWhenEnoughUnitsShowNothing() {
    assertThat(proposal(grown(1_000, 1_005, 3_000, 3_000)).kind()).isEqualTo(Kind.CONTINUE);
    Trial complete = new Trial(DesignKind.GROUP_SEQUENTIAL, 2L * ARM_UNITS);
    complete.deeds = deeds(1_000, 1_005, 3_000, 3_000);
    assertThat(proposal(complete).kind()).isEqualTo(Kind.KEEP_CONTROL);
  }

  @Test
  void decidesNothingOnNumbersThatCannotBeTrusted() {
    Trial trial = grown(1_000, 1_200, 3_000, 2_900);
    trial.deeds =
        (metric, arm, look) ->
            new Sums(arm == 0 ? ARM_UNITS : ARM_UNITS * 11 / 10, sample(metric, 1_000));
    Proposal proposal = proposal(trial);
    assertThat(proposal.kind()).isEqualTo(Kind.INVESTIGATE);
    assertThat(proposal.reasons()).anyMatch(reason -> reason.contains("did not arrive"));
    Trial mixed = grown(1_000, 1_200, 3_000, 2_900);
    mixed.mixed = 2L * ARM_UNITS / 50;
    assertThat(proposal(mixed).kind()).isEqualTo(Kind.INVESTIGATE);
    mixed.mixed = 2L * ARM_UNITS / 500;
    assertThat(mixed.results().health(Trial.PROJECT, Trial.LATEST, null).severity())
        .isEqualTo(Severity.WARNING);
  }

  @Test
  void healthIsFineWhenNothingSpeaksAgainstIt() {
    Health health =
        grown(1_000, 1_200, 300, 300).results().health(Trial.PROJECT, Trial.LATEST, null);
    assertThat(health.severity()).isEqualTo(Severity.FINE);
    assertThat(health.findings()).isEmpty();
    // One p-value for each look and one as of now.
    assertThat(health.overLooks()).hasSize(10).containsOnly(1.0);
    assertThat(health.power())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.metric()).isEqualTo("sales");
              // A tenth converts: 5 % of it, of 100,000 units, are found nearly always.
              assertThat(left.power()).isBetween(0.6, 0.8);
              assertThat(left.detectable()).isBetween(0.05, 0.06);
              assertThat(left.needed()).isBetween(100_000L, 150_000L);
            });
  }

  @Test
  void namesWhatAMismatchHasToDoWith() {
    Trial trial = grown(1_000, 1_200, 300, 300);
    trial.slices =
        List.of(
            new Slice("ios", false, List.of(new Sums(5_000, null), new Sums(5_000, null))),
            new Slice("web", false, List.of(new Sums(5_000, null), new Sums(4_000, null))));
    Health health =
        trial.results().health(Trial.PROJECT, Trial.LATEST, new Dimension("app", false, 20));
    assertThat(Objects.requireNonNull(health.suspect()).values().getFirst().value())
        .isEqualTo("web");
  }

  @Test
  void comparesSlicesAndSaysWhetherTheyDiffer() {
    Trial trial = grown(1_000, 1_200, 300, 300);
    trial.slices =
        List.of(
            new Slice("young", false, List.of(rate(5_000, 500), rate(5_000, 900))),
            new Slice(null, true, List.of(rate(5_000, 500), rate(5_000, 300))));
    Results results =
        trial.results().results(Trial.PROJECT, Trial.LATEST, new Dimension("age", true, 1));
    Results.Judged goal = results.goals().getFirst();
    assertThat(goal.slices()).extracting(Results.JudgedSlice::others).containsExactly(false, true);
    assertThat(goal.slices().getFirst().answers().answers().getFirst().outcome())
        .isInstanceOfSatisfying(
            Answer.Told.class,
            told -> assertThat(told.effect().estimate()).isCloseTo(0.8, within(1e-12)));
    assertThat(goal.differences())
        .singleElement()
        .satisfies(difference -> assertThat(difference.pValue()).isLessThan(1e-6));
  }

  @Test
  void saysNothingBeforeTheFirstLook() {
    Trial trial = grown(1_000, 1_200, 300, 300);
    trial.clock.set(Trial.START.plus(Duration.ofMinutes(30)));
    trial.newest = Trial.START.plus(Duration.ofMinutes(29));
    Results results = told(trial);
    assertThat(results.basis().look()).isNull();
    assertThat(results.goals().getFirst().answers()).isNull();
    assertThat(proposal(trial).kind()).isEqualTo(Kind.CONTINUE);
    assertThat(trial.results().series(Trial.PROJECT, Trial.LATEST).getFirst().points()).isEmpty();
  }

  @Test
  void aFixedDesignIsToldOnceAfterItsEnd() {
    Trial running = new Trial(DesignKind.FIXED, 2L * ARM_UNITS);
    running.deeds = complete(deeds(1_000, 1_200, 3_000, 2_900));
    assertThat(told(running).goals().getFirst().answers()).isNull();
    assertThat(proposal(running).summary()).contains("stop it to see");
    Trial stopped =
        new Trial(DesignKind.FIXED, 2L * ARM_UNITS, Trial.START.plus(Duration.ofDays(5)));
    stopped.deeds = complete(deeds(1_000, 1_200, 3_000, 2_900));
    assertThat(told(stopped).basis().looks()).isOne();
    assertThat(proposal(stopped).kind()).isEqualTo(Kind.SHIP);
  }

  @Test
  void answersAsOfAnEarlierInstant() {
    Trial trial = grown(1_000, 1_200, 300, 300);
    Instant then = Trial.START.plus(Duration.ofDays(2)).plusSeconds(7);
    Results results = trial.results().results(Trial.PROJECT, new Asked("rates", 1, then), null);
    assertThat(results.basis().look()).isEqualTo(Trial.START.plus(Duration.ofDays(2)));
    assertThat(trial.questions)
        .allSatisfy(
            question -> {
              assertThat(question.asOf()).isEqualTo(then);
              assertThat(question.until()).isEqualTo(then);
            });
    assertThatThrownBy(
            () -> trial.results().results(Trial.PROJECT, new Asked("rates", 1, Trial.START), null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("as_of");
    assertThatThrownBy(
            () -> trial.results().results(Trial.PROJECT, new Asked("rates", 2, null), null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("phase");
  }

  @Test
  void leavesOutCovariatesThatTellNothing() {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 2_000);
    trial.deeds =
        (_, arm, _) -> {
          MomentsBuilder moments = new MomentsBuilder(2);
          for (int unit = 0; unit < 1_000; unit++) {
            moments.add(unit % 10 + arm, arm == 0 ? 0 : unit);
          }
          return new Sums(1_000, new MeanSample(moments.build()));
        };
    Answer answer = answer(told(trial).goals().getFirst());
    assertThat(answer.outcome())
        .isInstanceOfSatisfying(
            Answer.Told.class, told -> assertThat(told.varianceReduction()).isNull());
  }

  @Test
  void anArmWithoutValuesIsNoError() {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 2_000);
    Results results = told(trial);
    assertThat(answer(results.goals().getFirst()).outcome()).isInstanceOf(Answer.Untold.class);
    assertThat(proposal(trial).kind()).isEqualTo(Kind.CONTINUE);
    assertThat(trial.results().health(Trial.PROJECT, Trial.LATEST, null).severity())
        .isEqualTo(Severity.FINE);
  }

  private static Results told(Trial trial) {
    return trial.results().results(Trial.PROJECT, Trial.LATEST, null);
  }

  private static Proposal proposal(Trial trial) {
    return trial.results().proposal(Trial.PROJECT, Trial.LATEST);
  }

  private static Answer answer(Results.Judged judged) {
    return Objects.requireNonNull(judged.answers()).answers().getFirst();
  }

  /** Of 100,000 planned units a fifth is there, and the arms grew evenly over nine looks. */
  private static Trial grown(int sales, int moreSales, int complaints, int moreComplaints) {
    Trial trial = new Trial(DesignKind.GROUP_SEQUENTIAL, 10L * ARM_UNITS);
    trial.deeds = deeds(sales, moreSales, complaints, moreComplaints);
    return trial;
  }

  private static Trial.Deeds deeds(int sales, int moreSales, int complaints, int moreComplaints) {
    return (metric, arm, look) -> {
      int share = Math.min(9, look + 1);
      int successes =
          metric == null || metric.key().equals("sales")
              ? (arm == 0 ? sales : moreSales)
              : (arm == 0 ? complaints : moreComplaints);
      return rate(ARM_UNITS * share / 9, successes * share / 9);
    };
  }

  /** All units at the first look. */
  private static Trial.Deeds complete(Trial.Deeds deeds) {
    return (metric, arm, _) -> deeds.of(metric, arm, 8);
  }

  private static Sums rate(int units, int successes) {
    return new Sums(units, new ProportionSample(successes, units));
  }

  private static ProportionSample sample(@Nullable Metric metric, int successes) {
    return new ProportionSample(metric == null ? 0 : successes, ARM_UNITS);
  }
}
