package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.LayerShare;
import io.tenure.experiment.domain.result.ArmSource.OtherRun;
import io.tenure.experiment.domain.result.ArmSource.Slice;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.domain.result.InteractionReport.Interplay;
import io.tenure.experiment.domain.result.InteractionReport.Pair;
import io.tenure.experiment.domain.result.InteractionReport.Unpaired;
import io.tenure.experiment.domain.result.InteractionReport.Why;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.statistics.sample.ProportionSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Experiments that change each other's effect, and those that do not. */
final class InteractionTest {

  private static final Instant BEFORE = Trial.START.minus(Duration.ofDays(9));

  @Test
  void findsAnEffectThatDependsOnAnotherExperiment() {
    Trial trial = trial();
    beside(trial, "colours");
    // The control converts a tenth; the effect of 'new' is +2 points, and +6 where both are on.
    trial.crossed.put(
        "colours",
        List.of(
            new Slice(null, false, List.of(rate(500, 50), rate(500, 50))),
            new Slice("on", false, List.of(rate(5_000, 500), rate(5_000, 800))),
            new Slice("off", false, List.of(rate(5_000, 500), rate(5_000, 600))),
            new Slice("stranger", false, List.of(rate(9, 1), rate(9, 1)))));
    InteractionReport report = told(trial);
    Pair pair = report.pairs().getFirst();
    assertThat(pair.experiment()).isEqualTo("colours");
    assertThat(pair.phase()).isOne();
    assertThat(pair.sharedUnits()).isEqualTo(20_000);
    assertThat(pair.within())
        .extracting(InteractionReport.Within::arm)
        .containsExactly("off", "on");
    assertThat(estimate(pair.within().getFirst().contrasts().getFirst().outcome()))
        .isCloseTo(0.2, within(1e-12));
    assertThat(estimate(pair.within().getLast().contrasts().getFirst().outcome()))
        .isCloseTo(0.6, within(1e-12));
    Interplay interplay = pair.interplays().getFirst();
    assertThat(interplay.arm()).isEqualTo("new");
    assertThat(interplay.otherArm()).isEqualTo("on");
    assertThat(estimate(interplay.outcome())).isCloseTo(0.4, within(1e-12));
    assertThat(interplay.isFound()).isTrue();
    assertThat(interplay.summary())
        .startsWith(
            "The effect of 'new' on 'sales' depends on 'colours': +60.00 % where 'on' was seen,"
                + " +20.00 % where 'off' was (p = ");
    assertThat(report.summary()).startsWith("The effect depends on 'colours'");
  }

  @Test
  void tellsEachTreatmentOfTheOtherByItself() {
    Trial trial = trial();
    trial.beside("colours", BEFORE, null, UnitType.USER, null, "red", "blue");
    trial.crossed.put(
        "colours",
        List.of(
            new Slice("off", false, List.of(rate(5_000, 500), rate(5_000, 600))),
            new Slice("blue", false, List.of(rate(5_000, 500), rate(5_000, 900))),
            new Slice("red", false, List.of(rate(5_000, 700), rate(5_000, 800)))));
    InteractionReport report = told(trial);
    assertThat(report.summary()).startsWith("The effect depends on 'colours'");
    assertThat(report.basis().units()).isEqualTo(20);
    Pair pair = report.pairs().getFirst();
    assertThat(pair.interplays())
        .extracting(Interplay::otherArm, Interplay::isFound)
        .containsExactly(tuple("red", false), tuple("blue", true));
    assertThat(estimate(pair.interplays().getLast().outcome())).isCloseTo(0.6, within(1e-12));
    assertThat(pair.interplays().getFirst().summary()).contains("was not found to depend");
  }

  @Test
  void asksWhatUnitsSawSinceTheOtherRunBegan() {
    Trial trial = trial();
    beside(trial, "colours");
    told(trial);
    assertThat(trial.questions)
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.split()).isEqualTo(new OtherRun("colours", 1, BEFORE));
              assertThat(question.looks()).containsExactly(trial.clock.instant());
              assertThat(question.covariateDays()).isZero();
              assertThat(question.experiment()).isEqualTo("rates");
            });
  }

  @Test
  void takesTheRunThatOverlapsLongest() {
    Trial trial = trial();
    Instant second = Trial.START.plus(Duration.ofDays(1));
    Instant third = Trial.START.plus(Duration.ofDays(7));
    trial.beside("colours", BEFORE, second, UnitType.USER, null, "on");
    trial.again("colours", second, third);
    trial.again("colours", third, null);
    trial.crossed.put("colours", crossed(500, 600, 500, 600));
    assertThat(told(trial).pairs()).extracting(Pair::phase).containsExactly(2);
    assertThat(trial.questions.getLast().split()).isEqualTo(new OtherRun("colours", 2, second));
    // Before its second run began, the first one is the only one.
    InteractionReport early =
        trial
            .results()
            .interactions(Trial.PROJECT, new Asked("rates", 1, second), "complaints", "");
    assertThat(early.pairs()).extracting(Pair::phase).containsExactly(1);
    assertThat(early.metric()).isEqualTo("complaints");
  }

  @Test
  void correctsAllThatAreAskedTogether() {
    Trial trial = trial();
    for (String key : List.of("colours", "fonts", "words")) {
      beside(trial, key);
      trial.crossed.put(
          key, key.equals("fonts") ? crossed(500, 600, 500, 690) : crossed(500, 600, 500, 600));
    }
    double alone = interplay(trial, "fonts").effect().pValue();
    assertThat(alone).isBetween(0.02, 0.05);
    assertThat(interplay(trial, "fonts").significant()).isTrue();
    InteractionReport all = told(trial);
    assertThat(all.pairs()).hasSize(3).allSatisfy(pair -> assertThat(pair.interplays()).hasSize(1));
    assertThat(all.pairs().stream().flatMap(pair -> pair.interplays().stream()))
        .noneMatch(Interplay::isFound);
    Answer.Told fonts =
        (Answer.Told)
            all.pairs().stream()
                .filter(pair -> pair.experiment().equals("fonts"))
                .findFirst()
                .orElseThrow()
                .interplays()
                .getFirst()
                .outcome();
    assertThat(fonts.effect().pValue()).isCloseTo(3 * alone, within(1e-12));
    assertThat(fonts.rawPValue()).isEqualTo(alone);
    assertThat(all.summary())
        .isEqualTo("The effect was not found to depend on another experiment.");
  }

  @Test
  void independentExperimentsAreFoundAsOftenAsAlphaSays() {
    int runs = 600;
    int found = 0;
    SplittableRandom random = new SplittableRandom(3);
    Trial trial = trial();
    List<String> keys = List.of("colours", "fonts", "words");
    keys.forEach(key -> beside(trial, key));
    for (int run = 0; run < runs; run++) {
      keys.forEach(
          key ->
              trial.crossed.put(
                  key,
                  crossed(
                      drawn(random, 0.10),
                      drawn(random, 0.12),
                      drawn(random, 0.15),
                      drawn(random, 0.17))));
      found +=
          told(trial).pairs().stream()
                  .flatMap(pair -> pair.interplays().stream())
                  .anyMatch(Interplay::isFound)
              ? 1
              : 0;
    }
    assertThat(found / (double) runs).isBetween(0.025, 0.075);
  }

  @Test
  void namesExperimentsThatCannotShareUnits() {
    Trial trial = trial();
    trial.beside("shop", BEFORE, null, UnitType.USER, new LayerShare("page", 4_000), "on");
    trial.beside("search", BEFORE, null, UnitType.USER, new LayerShare("other", 4_000), "on");
    trial.beside("homes", BEFORE, null, UnitType.HOUSEHOLD, null, "on");
    trial.beside("past", BEFORE, Trial.START, UnitType.USER, null, "on");
    trial.beside("future", Trial.START.plus(Duration.ofDays(11)), null, UnitType.USER, null, "on");
    trial.crossed.put("search", crossed(500, 600, 500, 600));
    beside(trial, "empty");
    InteractionReport report = told(trial);
    assertThat(report.pairs()).extracting(Pair::experiment).containsExactly("search");
    assertThat(report.unpaired())
        .containsExactlyInAnyOrder(
            new Unpaired("shop", Why.SAME_LAYER),
            new Unpaired("homes", Why.OTHER_UNIT_TYPE),
            new Unpaired("empty", Why.NO_SHARED_UNITS));
    for (String key : List.of("shop", "homes", "past", "future")) {
      assertThatThrownBy(() -> asked(trial, key))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION))
          .hasMessageContaining("'" + key + "'");
    }
    assertThat(asked(trial, "empty").unpaired())
        .extracting(Unpaired::why)
        .containsExactly(Why.NO_SHARED_UNITS);
    assertThatThrownBy(() -> asked(trial, "nobody"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThatThrownBy(() -> asked(trial, "rates")).hasMessageContaining("with");
    assertThatThrownBy(
            () -> trial.results().interactions(Trial.PROJECT, Trial.LATEST, "weather", ""))
        .hasMessageContaining("metric");
  }

  @Test
  void asksAboutThoseThatRanTogetherLongest() {
    Trial trial = trial();
    for (int day = 0; day < Neighbours.MOST + 2; day++) {
      trial.beside(
          "e" + day,
          Trial.START.plus(Duration.ofHours(12L * day)),
          null,
          UnitType.USER,
          null,
          "on");
      trial.crossed.put("e" + day, crossed(500, 600, 500, 600));
    }
    InteractionReport report = told(trial);
    assertThat(report.pairs()).hasSize(Neighbours.MOST);
    assertThat(report.unpaired())
        .containsExactlyInAnyOrder(
            new Unpaired("e10", Why.TOO_MANY), new Unpaired("e11", Why.TOO_MANY));
    assertThat(asked(trial, "e11").pairs()).hasSize(1);
  }

  @Test
  void putsTheOneWithMostSharedUnitsFirst() {
    Trial trial = trial();
    beside(trial, "few");
    beside(trial, "many");
    trial.crossed.put("few", List.of(new Slice("on", false, List.of(rate(10, 1), rate(10, 1)))));
    trial.crossed.put("many", crossed(500, 600, 500, 600));
    InteractionReport report = told(trial);
    assertThat(report.pairs()).extracting(Pair::experiment).containsExactly("many", "few");
    // Nobody saw its control, so nothing can be told of it.
    assertThat(report.pairs().getLast().interplays().getFirst().outcome())
        .isInstanceOf(Answer.Untold.class);
    assertThat(report.pairs().getLast().interplays().getFirst().summary())
        .endsWith("can't be told yet.");
    assertThat(report.pairs().getFirst().interplays().getFirst().outcome())
        .isInstanceOf(Answer.Told.class);
  }

  @Test
  void saysNothingBeforeTheFirstLook() {
    Trial fixed = new Trial(DesignKind.FIXED, 20_000);
    beside(fixed, "colours");
    fixed.crossed.put("colours", crossed(500, 600, 500, 900));
    assertThat(told(fixed).pairs()).isEmpty();
    assertThat(told(fixed).summary()).isEqualTo("There was no look yet.");
    Trial alone = trial();
    assertThat(told(alone).summary()).isEqualTo("No other experiment shares units with this one.");
    assertThat(told(alone).basis().units()).isEqualTo(20);
  }

  private static Trial trial() {
    Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
    trial.newest = trial.clock.instant().minusMillis(1);
    trial.deeds = (_, _, _) -> rate(10, 1);
    return trial;
  }

  private static void beside(Trial trial, String key) {
    trial.beside(key, BEFORE, null, UnitType.USER, null, "on");
  }

  private static InteractionReport told(Trial trial) {
    return asked(trial, "");
  }

  private static InteractionReport asked(Trial trial, String with) {
    return trial.results().interactions(Trial.PROJECT, Trial.LATEST, "", with);
  }

  private static Answer.Told interplay(Trial trial, String with) {
    return (Answer.Told) asked(trial, with).pairs().getFirst().interplays().getFirst().outcome();
  }

  private static double estimate(Answer.Outcome outcome) {
    return ((Answer.Told) outcome).effect().estimate();
  }

  /** Of 5,000 units each. */
  private static List<Slice> crossed(int neither, int first, int second, int both) {
    return List.of(
        new Slice("off", false, List.of(rate(5_000, neither), rate(5_000, first))),
        new Slice("on", false, List.of(rate(5_000, second), rate(5_000, both))));
  }

  private static int drawn(SplittableRandom random, double rate) {
    double deviation = Math.sqrt(5_000 * rate * (1 - rate));
    return (int) Math.round(5_000 * rate + deviation * random.nextGaussian());
  }

  private static Sums rate(int units, int successes) {
    return new Sums(units, new ProportionSample(successes, units));
  }
}
