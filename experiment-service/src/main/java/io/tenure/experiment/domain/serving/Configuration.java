package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Serving;
import io.tenure.experiment.domain.Keyed;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.ExperimentServing;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.Trials;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything of a project that decides flags, brought together. */
public final class Configuration {

  private final Shelf<Flag> flags;
  private final Shelf<Experiment> experiments;
  private final Shelf<Holdout> holdouts;

  /** What is on these shelves. */
  public Configuration(Shelf<Flag> flags, Shelf<Experiment> experiments, Shelf<Holdout> holdouts) {
    this.flags = flags;
    this.experiments = experiments;
    this.holdouts = holdouts;
  }

  /**
   * A text that changes with every change of it; empty when unknown. A layer by itself decides
   * nothing: whoever takes a part of it changes, too.
   */
  String version(ProjectId project) {
    List<String> versions =
        List.of(flags.version(project), experiments.version(project), holdouts.version(project));
    return versions.contains("") ? "" : String.join("/", versions);
  }

  /** The flags as the evaluator decides them, with what they test. */
  Snapshot snapshot(ProjectId project, String version) {
    Map<String, Holdout> holdoutsByKey = byKey(holdouts, project);
    Map<String, Experiment> experimentsByKey = byKey(experiments, project);
    Trials trials =
        key ->
            Optional.ofNullable(experimentsByKey.get(key))
                .map(one -> ExperimentServing.of(one, holdoutsByKey))
                .orElse(null);
    List<Flag> all = flags.list(project).stream().map(Stored::content).toList();
    Map<String, List<TestedRun>> runs = new HashMap<>();
    for (Flag flag : all) {
      List<TestedRun> tested = TestedRun.of(flag, experimentsByKey);
      if (!tested.isEmpty()) {
        runs.put(flag.key(), tested);
      }
    }
    return Snapshot.of(version, decided(all, trials), runs);
  }

  private static FlagSet decided(List<Flag> flags, Trials trials) {
    List<io.tenure.evaluator.Flag> decided =
        flags.stream().map(flag -> flag.decided(trials)).toList();
    try {
      return FlagSet.of(decided);
    } catch (IllegalArgumentException circle) {
      // Two writers at once, each without a circle: whatever waits for others is off until one of
      // them is mended. The rest must not suffer.
      return FlagSet.of(decided.stream().map(Configuration::withoutWaiting).toList());
    }
  }

  private static io.tenure.evaluator.Flag withoutWaiting(io.tenure.evaluator.Flag flag) {
    boolean waits =
        !flag.prerequisites().isEmpty()
            || flag.rules().stream().anyMatch(rule -> !rule.prerequisites().isEmpty());
    return waits
        ? new io.tenure.evaluator.Flag(
            flag.key(),
            false,
            flag.variants(),
            flag.offVariant(),
            List.of(),
            List.of(),
            List.of(),
            new Serving.Fixed(flag.offVariant()))
        : flag;
  }

  private static <T extends Keyed> Map<String, T> byKey(Shelf<T> shelf, ProjectId project) {
    return shelf.list(project).stream()
        .map(Stored::content)
        .collect(Collectors.toMap(Keyed::key, Function.identity()));
  }
}
