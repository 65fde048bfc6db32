package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.AnalysisPlan.Breaker;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Experiments;
import io.tenure.experiment.domain.experiment.Move;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Ends what does harm without waiting for people: an experiment with a broken guardrail, or with
 * units that do not arrive as they were dealt. It breaks a run once; whoever resumes it afterwards
 * has taken it on.
 */
public final class CircuitBreaker {

  private static final int ALL = Integer.MAX_VALUE;
  private static final int LONGEST_COMMENT = 2000;

  private final Experiments experiments;
  private final ExperimentResults results;

  /** A breaker of these experiments. */
  public CircuitBreaker(Experiments experiments, ExperimentResults results) {
    this.experiments = experiments;
    this.results = results;
  }

  /**
   * Looks at every running experiment of a project.
   *
   * @return the experiments it broke
   * @throws Failure when results can't be had
   */
  public List<String> check(ProjectId project) {
    Caller self = Caller.service(project, "experiment-service");
    List<String> broken = new ArrayList<>();
    for (Stored<Experiment> stored : experiments.list(project, "", "", ALL)) {
      Experiment experiment = stored.content();
      if (isWatched(experiment, self)) {
        List<String> harm = results.harm(project, experiment.key());
        if (!harm.isEmpty() && breaks(self, stored, harm)) {
          broken.add(experiment.key());
        }
      }
    }
    return broken;
  }

  private static boolean isWatched(Experiment experiment, Caller self) {
    Run run = experiment.run();
    return experiment.state() == State.RUNNING
        && run != null
        && experiment.design().plan().breaker() != Breaker.NONE
        && experiment.changes().stream()
            .noneMatch(
                change ->
                    change.author().equals(self.subject()) && !change.time().isBefore(run.start()));
  }

  private boolean breaks(Caller self, Stored<Experiment> stored, List<String> harm) {
    Move move =
        switch (stored.content().design().plan().breaker()) {
          case PAUSE -> new Move.Pause();
          case STOP -> new Move.Stop();
          case NONE -> null;
        };
    String why = String.join(" ", harm);
    try {
      experiments.move(
          self,
          stored.content().key(),
          Objects.requireNonNull(move),
          why.substring(0, Math.min(LONGEST_COMMENT, why.length())),
          stored.etag());
      return true;
    } catch (Failure failure) {
      if (failure.reason() == Reason.ABORTED || failure.reason() == Reason.FAILED_PRECONDITION) {
        // Somebody else, or another replica, was first.
        return false;
      }
      throw failure;
    }
  }
}
