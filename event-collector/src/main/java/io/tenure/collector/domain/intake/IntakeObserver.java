package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Watches the intake judge single records; costs nothing while nobody watches. */
public interface IntakeObserver {

  /** Watches nothing. */
  IntakeObserver NOBODY =
      new IntakeObserver() {
        @Override
        public boolean watches(ProjectId project) {
          return false;
        }

        @Override
        public void judged(
            Draft draft, List<StepOutcome> outcomes, Verdict verdict, Outcome outcome) {}
      };

  /** Whether records of the project are worth the trouble; asked once a request. */
  boolean watches(ProjectId project);

  /**
   * Sees a record after its request is on disk. Must neither block nor fail.
   *
   * @param draft as it came; without its content when it was refused for that
   * @param outcomes of the steps it reached, in their order
   * @param verdict the last step's word; an accepted record is in it in our form
   * @param outcome what became of it in the log
   */
  void judged(Draft draft, List<StepOutcome> outcomes, Verdict verdict, Outcome outcome);
}
