package io.tenure.experiment.domain.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.experiment.domain.InMemoryShelf;
import io.tenure.experiment.domain.experiment.AnalysisPlan.DesignKind;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.ExperimentGuard;
import io.tenure.experiment.domain.experiment.Experiments;
import io.tenure.experiment.domain.experiment.Holdouts;
import io.tenure.experiment.domain.experiment.Layers;
import io.tenure.experiment.domain.experiment.Move;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.store.JsonRegistrar;
import io.tenure.platform.tenancy.Caller;
import io.tenure.statistics.sample.ProportionSample;
import org.junit.jupiter.api.Test;

/** Ends what does harm. */
final class CircuitBreakerTest {

  private final Trial trial = new Trial(DesignKind.CONFIDENCE_SEQUENCE, 20_000);
  private final ExperimentGuard guard = new ExperimentGuard(trial.experiments);
  private final Experiments experiments =
      new Experiments(
          trial.experiments,
          new InMemoryShelf<>(),
          trial.metrics,
          new Layers(new InMemoryShelf<>(), guard),
          new Holdouts(new InMemoryShelf<>(), guard, _ -> {}),
          new JsonRegistrar(),
          _ -> {},
          trial.clock);
  private final CircuitBreaker breaker = new CircuitBreaker(experiments, trial.results());

  @Test
  void leavesWhatDoesNoHarm() {
    trial.deeds = (_, _, _) -> rate(10_000, 1_000);
    assertThat(breaker.check(Trial.PROJECT)).isEmpty();
    assertThat(experiment().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void pausesWhatBreaksAGuardrailAndSaysWhy() {
    trial.deeds = harm();
    assertThat(breaker.check(Trial.PROJECT)).containsExactly("rates");
    assertThat(experiment().state()).isEqualTo(State.PAUSED);
    assertThat(experiment().changes().getLast())
        .satisfies(
            change -> {
              assertThat(change.author()).isEqualTo("service:experiment-service");
              assertThat(change.comment()).contains("guardrail 'complaints'");
            });
    assertThat(breaker.check(Trial.PROJECT)).isEmpty();
  }

  @Test
  void whoeverResumesItHasTakenItOn() {
    trial.deeds = harm();
    breaker.check(Trial.PROJECT);
    Caller ann = new Caller(Trial.PROJECT, "person:ann", Caller.Role.EDITOR);
    experiments.move(ann, "rates", new Move.Resume(), "we know", "");
    assertThat(breaker.check(Trial.PROJECT)).isEmpty();
    assertThat(experiment().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void pausesWhatLosesUnitsOfAnArm() {
    trial.deeds = (_, arm, _) -> rate(arm == 0 ? 10_000 : 12_000, 1_000);
    assertThat(breaker.check(Trial.PROJECT)).containsExactly("rates");
    assertThat(experiment().changes().getLast().comment()).contains("did not arrive");
  }

  private static Trial.Deeds harm() {
    return (metric, arm, _) ->
        rate(
            10_000,
            metric != null && metric.key().equals("complaints") && arm == 1 ? 1_500 : 1_000);
  }

  private static Sums rate(int units, int successes) {
    return new Sums(units, new ProportionSample(successes, units));
  }

  private Experiment experiment() {
    return experiments.get(Trial.PROJECT, "rates").content();
  }
}
