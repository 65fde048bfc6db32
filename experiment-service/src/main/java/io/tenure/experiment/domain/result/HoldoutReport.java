package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import java.time.Instant;
import java.util.List;

/**
 * What everything a hold-out keeps its units from has done together.
 *
 * @param holdout the hold-out
 * @param start units count from their first event on after then
 * @param asOf events received before then counted
 * @param computed when it was computed
 * @param look until when deeds count
 * @param balance those held out first
 * @param ratio whether as many of each came as were dealt, at this look alone
 * @param overLooks the least p-value of that by each look; valid at all of them
 * @param mixed units with ids on both sides
 * @param metrics the effect on those who are not held out, judged together
 * @param series the same at every look, alone
 * @param members experiments that were started with the hold-out
 * @param findings everything that is not fine, in words
 */
public record HoldoutReport(
    Holdout holdout,
    Instant start,
    Instant asOf,
    Instant computed,
    Instant look,
    Results.Balance balance,
    SampleRatio ratio,
    List<Double> overLooks,
    Health.Mixed mixed,
    List<Results.Judged> metrics,
    List<Series> series,
    List<Member> members,
    List<String> findings) {

  /** Name of the arm that is held out. */
  public static final String HELD_OUT = "held_out";

  /** Name of the other one. */
  public static final String TREATED = "treated";

  /** Copies the lists. */
  public HoldoutReport {
    overLooks = List.copyOf(overLooks);
    metrics = List.copyOf(metrics);
    series = List.copyOf(series);
    members = List.copyOf(members);
    findings = List.copyOf(findings);
  }

  /** How bad the sample ratio is over all looks. */
  public Severity severityOverLooks() {
    return Severity.of(overLooks.getLast());
  }

  /**
   * An experiment whose runs left the held out units alone.
   *
   * @param start of the first such run
   * @param plannedUnits of that run
   */
  public record Member(Experiment experiment, Instant start, long plannedUnits) {}
}
