package io.tenure.experiment.domain.serving;

import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.State;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.Locale;

/**
 * Finds experiments that deal units now, in memory; only why one does not is asked of the store.
 */
public final class Assigners {

  private final FlagSnapshots snapshots;
  private final Shelf<Experiment> experiments;
  private final KnownUsers users;
  private final KeptVariants variants;
  private final Clock clock;

  /** Assigners for the experiments in these snapshots. */
  public Assigners(
      FlagSnapshots snapshots,
      Shelf<Experiment> experiments,
      KnownUsers users,
      KeptVariants variants,
      Clock clock) {
    this.snapshots = snapshots;
    this.experiments = experiments;
    this.users = users;
    this.variants = variants;
    this.clock = clock;
  }

  /**
   * The assigner of an experiment, as of now.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when it deals nobody
   */
  public Assigner of(ProjectId project, String key) {
    Snapshot snapshot = snapshots.of(project);
    Tested tested = snapshot.tested().get(key);
    if (tested == null) {
      throw dealsNobody(experiments.get(project, key).content());
    }
    KeptScope scope =
        new KeptScope(variants, project, snapshot.stickyUnits(tested.flag().key()), false);
    return new Assigner(snapshot.flags(), tested, users, scope, clock.instant());
  }

  private static Failure dealsNobody(Experiment experiment) {
    String why =
        experiment.state() == State.RUNNING
            ? "its flag does not serve it at the moment"
            : "it is " + experiment.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Failure.of(
        Reason.FAILED_PRECONDITION,
        "The experiment '" + experiment.key() + "' deals nobody now: " + why);
  }
}
