package io.tenure.experiment.domain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.experiment.domain.Samples;
import io.tenure.experiment.domain.flag.Allocation;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagRule;
import io.tenure.experiment.domain.flag.RuleServing;
import io.tenure.experiment.domain.serving.Participation;
import io.tenure.experiment.domain.serving.TestedRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How decisions stand to experiments. */
final class ParticipationTest {

  private static final TestedRun FIRST =
      new TestedRun(new SplitKey("home-test", 1), UnitType.USER, "off");

  private final Laboratory laboratory = new Laboratory();

  private @Nullable Participation of(String user) {
    return of(user, Map.of());
  }

  private @Nullable Participation of(String user, Map<String, Value> context) {
    return laboratory.evaluate("home", user, context).participation();
  }

  @Test
  void namesTheRunThatDealtTheUnit() {
    laboratory.run("home", "home-test", laboratory.design("home"));

    assertThat(of("ann")).isEqualTo(new Participation(FIRST, "ann", true));
    assertThat(laboratory.evaluate("home", "ann", Map.of()).dealt()).isNotNull();
  }

  @Test
  void isMissingWhenAFlagTestsNothing() {
    laboratory.flags.create(laboratory.ann, Samples.plain("home", "on"));

    assertThat(of("ann")).isNull();
  }

  @Test
  void tellsWhatAListServesFromWhatWasDealt() {
    laboratory.run("home", "home-test", laboratory.design("home"));
    Flag flag = laboratory.flagShelf.find(Laboratory.PROJECT, "home").orElseThrow().content();
    laboratory.replace(
        new Flag(
            "home",
            "",
            "",
            true,
            UnitType.USER,
            flag.variants(),
            "off",
            List.of(new Forced(UnitType.USER, Map.of("tester", "on"))),
            List.of(),
            flag.rules(),
            flag.fallthrough(),
            ""));

    assertThat(of("tester")).isEqualTo(new Participation(FIRST, "tester", false));
    assertThat(laboratory.evaluate("home", "tester", Map.of()).dealt()).isNull();
    assertThat(of("ann")).isEqualTo(new Participation(FIRST, "ann", true));
  }

  @Test
  void knowsARunThatDealsNobody() {
    laboratory.create("home-test", laboratory.design("home"));
    assertThat(of("ann")).isEqualTo(new Participation(FIRST, "ann", false));

    laboratory.approve("home", "home-test");
    laboratory.move("home-test", new Move.Start());
    laboratory.move("home-test", new Move.Stop());
    laboratory.move("home-test", new Move.Decide("on"));

    assertThat(laboratory.decide("home", "ann").variant()).isEqualTo("on");
    assertThat(of("ann")).isEqualTo(new Participation(FIRST, "ann", false));
  }

  @Test
  void countsTheRuns() {
    laboratory.run("home", "home-test", laboratory.design("home"));
    laboratory.move("home-test", new Move.Stop());
    laboratory.move("home-test", new Move.Revise());
    laboratory.approve("home", "home-test");
    laboratory.move("home-test", new Move.Start());

    TestedRun second = new TestedRun(new SplitKey("home-test", 2), UnitType.USER, "off");
    assertThat(of("ann")).isEqualTo(new Participation(second, "ann", true));
  }

  @Test
  void namesTheUnitThatWasDealtInsteadOfTheUser() {
    Design design = laboratory.design("home");
    laboratory.run(
        "home",
        "home-test",
        new Design(
            "",
            design.hypothesis(),
            "home",
            UnitType.ACCOUNT,
            null,
            design.arms(),
            "off",
            null,
            List.of(),
            List.of(),
            design.plan()));
    TestedRun run = new TestedRun(new SplitKey("home-test", 1), UnitType.ACCOUNT, "off");

    assertThat(of("ann", Map.of("account_id", Samples.text("A-1"))))
        .isEqualTo(new Participation(run, "A-1", true));
    assertThat(of("ann")).isEqualTo(new Participation(run, null, false));
  }

  @Test
  void takesTheSplitOfAnotherSystemForARunWithoutANumber() {
    Serving.Split split =
        Serving.Split.of(
            "checkout",
            Dealing.of(UnitType.USER, "checkout"),
            List.of(),
            List.of("on", "off"),
            List.of(5_000, 5_000),
            null);
    laboratory.flags.create(
        laboratory.ann,
        Samples.flag(
            "home",
            true,
            List.of(FlagRule.of("imported", null, new RuleServing.Imported(split))),
            Allocation.everybody("off")));

    TestedRun run = new TestedRun(new SplitKey("checkout", 0), UnitType.USER, "");
    assertThat(of("ann")).isEqualTo(new Participation(run, "ann", true));
  }
}
