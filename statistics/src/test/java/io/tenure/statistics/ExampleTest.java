package io.tenure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import io.tenure.statistics.effect.Alternative;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Direction;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Family;
import io.tenure.statistics.multiplicity.Guardrail;
import io.tenure.statistics.power.Design;
import io.tenure.statistics.power.Detection;
import io.tenure.statistics.power.Outcome;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.ProportionSample;
import io.tenure.statistics.sequential.GroupSequentialPlan;
import io.tenure.statistics.sequential.GroupSequentialRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example. */
final class ExampleTest {

  @Test
  void anExperimentFromItsPlanToItsDecision() {
    // Before: a lift of 5 % on a 20 % retention, found with 80 % while looking on 28 days.
    GroupSequentialPlan draft = GroupSequentialPlan.usual(0.05, 1_000_000);
    Design design =
        Design.equalArms(
            new Outcome.Rate(0.20),
            Scale.RELATIVE,
            new Detection.GroupSequential(draft.equalLooks(28)));
    long perArm = design.controlUnits(0.05, 0.8);
    GroupSequentialPlan plan = GroupSequentialPlan.usual(0.05, design.totalUnits(perArm));

    // A day: are the arms as they were meant to be?
    SampleRatio ratio = SampleRatio.check(new long[] {20_000, 19_890}, new double[] {1, 1});
    assertThat(ratio.severity()).isEqualTo(Severity.FINE);

    // What did they do, and may it be said already?
    Comparison retention =
        Welch.compare(new ProportionSample(4_390, 20_000), new ProportionSample(3_980, 19_890));
    GroupSequentialRun run = GroupSequentialRun.start(plan, Scale.RELATIVE).next(retention);
    assertThat(run.significant()).isTrue();

    // The side questions share an error; the guardrail has its own.
    Comparison revenue =
        Welch.compare(MeanSample.of(20_000, 1_240, 9e6), MeanSample.of(19_890, 1_215, 9e6));
    List<Effect> effects =
        new Family(
                Correction.BENJAMINI_HOCHBERG,
                new Terms(Scale.RELATIVE, Alternative.TWO_SIDED, 0.05))
            .effects(List.of(new Family.Question(retention, 2), new Family.Question(revenue, 1)));
    assertThat(effects).hasOnlyElementsOfType(Effect.Estimated.class);
    Guardrail guardrail = new Guardrail(0.05, Scale.RELATIVE, Direction.HIGHER_IS_BETTER, 0.05);
    assertThat(guardrail.state(revenue)).isEqualTo(Guardrail.State.HOLDS);
    assertThat(perArm).isBetween(25_000L, 30_000L);
  }
}
