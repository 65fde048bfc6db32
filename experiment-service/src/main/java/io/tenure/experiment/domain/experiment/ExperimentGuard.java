package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.flag.FlagGuard;
import io.tenure.experiment.domain.flag.Share;
import io.tenure.experiment.domain.metric.MetricGuard;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.function.Predicate;

/** Keeps in place what experiments stand on. A flag can always be disabled. */
public final class ExperimentGuard implements FlagGuard, MetricGuard {

  private final Shelf<Experiment> shelf;

  /** Guards what the experiments on that shelf need. */
  public ExperimentGuard(Shelf<Experiment> shelf) {
    this.shelf = shelf;
  }

  @Override
  public void beforeFlagChange(ProjectId project, Flag before, Flag after) {
    for (Experiment experiment : all(project)) {
      if (experiment.state().isLive() && experiment.design().flag().equals(after.key())) {
        requireTheSame(experiment, before, after);
      }
    }
  }

  private static void requireTheSame(Experiment experiment, Flag before, Flag after) {
    String key = experiment.key();
    if (!after.tests(key)) {
      throw refused("The experiment '" + key + "' runs; stop it before its rule is removed");
    }
    List<String> arms = experiment.design().arms().stream().map(Share::variant).toList();
    List<Variant> kept =
        before.variants().stream().filter(variant -> arms.contains(variant.name())).toList();
    if (!after.variants().containsAll(kept)) {
      throw refused(
          "The experiment '" + key + "' runs; stop it before a variant it deals is changed");
    }
  }

  @Override
  public void beforeFlagDeletion(ProjectId project, String flag) {
    requireUnused(project, "The flag '" + flag + "'", design -> design.flag().equals(flag));
  }

  @Override
  public void beforeMetricDeletion(ProjectId project, String metric) {
    requireUnused(project, "The metric '" + metric + "'", design -> uses(design, metric));
  }

  private static boolean uses(Design design, String metric) {
    return design.plan().metrics().anyMatch(metric::equals);
  }

  @Override
  public void beforeMetricChange(ProjectId project, String metric) {
    List<String> live =
        all(project).stream()
            .filter(
                experiment -> experiment.state().isLive() || experiment.state() == State.STOPPED)
            .filter(experiment -> uses(experiment.design(), metric))
            .map(Experiment::key)
            .toList();
    if (!live.isEmpty()) {
      throw refused(
          "The metric '"
              + metric
              + "' judges experiments that were started: "
              + String.join(", ", live));
    }
  }

  /** Whether an experiment has units that must keep what they have. */
  boolean isLive(ProjectId project, String experiment) {
    return shelf
        .find(project, experiment)
        .map(stored -> stored.content().state().isLive())
        .orElse(false);
  }

  /** Refuses while an experiment that is not archived needs something. */
  void requireUnused(ProjectId project, String thing, Predicate<Design> needs) {
    requireNone(project, thing + " is used by ", needs, state -> state != State.ARCHIVED);
  }

  /** Refuses once an experiment that needs something was started. */
  void requireUnstarted(ProjectId project, String thing, Predicate<Design> needs) {
    requireNone(
        project,
        thing + " would be moved in ",
        needs,
        state -> !state.isDesign() && state != State.ARCHIVED);
  }

  private void requireNone(
      ProjectId project, String sentence, Predicate<Design> needs, Predicate<State> states) {
    List<String> keys =
        all(project).stream()
            .filter(experiment -> states.test(experiment.state()))
            .filter(experiment -> needs.test(experiment.design()))
            .map(Experiment::key)
            .toList();
    if (!keys.isEmpty()) {
      throw refused(sentence + String.join(", ", keys));
    }
  }

  private List<Experiment> all(ProjectId project) {
    return shelf.list(project).stream().map(Stored::content).toList();
  }

  private static Failure refused(String text) {
    return Failure.of(Reason.FAILED_PRECONDITION, text);
  }
}
