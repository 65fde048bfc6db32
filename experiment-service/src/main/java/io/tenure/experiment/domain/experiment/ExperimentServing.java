package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.Stretch;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.flag.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an experiment is dealt. Three salts keep three questions apart: which part of the layer, who
 * takes part, and which variant, so that changing one never moves anybody in another.
 */
public final class ExperimentServing {

  private ExperimentServing() {}

  /**
   * What an experiment brings to the rule that names it; null when it deals nobody and decided
   * nothing.
   *
   * @param holdouts by key; those that ended hold nobody out
   */
  public static @Nullable Trial of(Experiment experiment, Map<String, Holdout> holdouts) {
    Run run = experiment.run();
    if (run == null) {
      return null;
    }
    return switch (experiment.state()) {
      case RUNNING -> new Trial(experiment.design().audience(), running(experiment, run, holdouts));
      case DECIDED ->
          run.decided().isEmpty()
              ? null
              : new Trial(experiment.design().audience(), decided(experiment, run, holdouts));
      case DRAFT, IN_REVIEW, APPROVED, PAUSED, STOPPED, ARCHIVED -> null;
    };
  }

  private static Serving running(Experiment experiment, Run run, Map<String, Holdout> holdouts) {
    Design design = experiment.design();
    List<Gate> gates = new ArrayList<>(holdoutGates(design, holdouts));
    LayerShare wanted = design.layer();
    if (wanted != null) {
      gates.add(
          new Gate.Layer(
              wanted.layer(),
              new Place(
                  Dealing.of(design.unit(), "layer/" + wanted.layer()),
                  run.parts().stream().map(ExperimentServing::stretch).toList())));
    }
    if (run.stages().size() > 1 || run.stages().getFirst().share() < Shares.WHOLE) {
      gates.add(
          new Gate.Enrolment(
              dealing(experiment, "enrolment"),
              run.stages().stream()
                  .map(
                      stage ->
                          new Gate.Stage(
                              stage.from(), Shares.first(stage.share(), Hashing.BUCKETS)))
                  .toList()));
    }
    return Serving.Split.of(
        new SplitKey(experiment.key(), experiment.phase()).text(),
        dealing(experiment, "variant"),
        gates,
        design.arms().stream().map(Share::variant).toList(),
        design.arms().stream().map(Share::weight).toList(),
        null);
  }

  private static Serving decided(Experiment experiment, Run run, Map<String, Holdout> holdouts) {
    List<Gate> gates = holdoutGates(experiment.design(), holdouts);
    return gates.isEmpty()
        ? new Serving.Fixed(run.decided())
        : new Serving.Split(
            "",
            gates,
            List.of(
                new Arm(
                    run.decided(),
                    List.of(
                        new Place(
                            dealing(experiment, "variant"),
                            List.of(new Stretch(0, Hashing.BUCKETS)))))),
            null);
  }

  private static List<Gate> holdoutGates(Design design, Map<String, Holdout> holdouts) {
    List<Gate> gates = new ArrayList<>();
    for (String key : design.holdouts()) {
      Holdout holdout = holdouts.get(key);
      if (holdout != null && !holdout.ended()) {
        gates.add(
            new Gate.Holdout(
                key,
                new Place(
                    dealing(holdout), List.of(Shares.first(holdout.share(), Hashing.BUCKETS)))));
      }
    }
    return gates;
  }

  /** How a hold-out is dealt: its first buckets are held out. */
  public static Dealing dealing(Holdout holdout) {
    return Dealing.of(holdout.unit(), "holdout/" + holdout.key());
  }

  private static Dealing dealing(Experiment experiment, String question) {
    return Dealing.of(
        experiment.design().unit(),
        "experiment/" + experiment.key() + "/" + experiment.phase() + "/" + question);
  }

  /** The same cut points as those of weights, so that neighbouring parts leave no gap. */
  private static Stretch stretch(Part part) {
    return new Stretch(
        Shares.first(part.from(), Hashing.BUCKETS).to(),
        Shares.first(part.to(), Hashing.BUCKETS).to());
  }
}
