package io.tenure.experiment.domain.warehouse;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.experiment.domain.serving.Tested;
import io.tenure.platform.failure.Failure;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The gates and arms of an experiment as SQL of ClickHouse, so that a warehouse assigns a billion
 * units without asking anybody and comes to what is served.
 *
 * @param variant an expression: name of the variant, empty for units that take no part
 * @param reason an expression: why
 * @param omissions what decides as well
 */
public record AllocationSql(String variant, String reason, Set<Omission> omissions) {

  /** Copies the set. */
  public AllocationSql {
    omissions = Set.copyOf(omissions);
  }

  /**
   * Writes an experiment as it deals at an instant.
   *
   * @throws Failure FAILED_PRECONDITION when it hashes units as another system did
   */
  public static AllocationSql of(Tested tested, UnitColumn units, Instant now) {
    SplitSql sql = new SplitSql(tested.split(), units, now);
    return new AllocationSql(sql.variant(), sql.reason(), omissions(tested));
  }

  /** When the next stage of its ramp begins. */
  public static Optional<Instant> expiry(Tested tested, Instant now) {
    return tested.split().gates().stream()
        .filter(Gate.Enrolment.class::isInstance)
        .flatMap(gate -> ((Gate.Enrolment) gate).stages().stream())
        .map(Gate.Stage::from)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private static Set<Omission> omissions(Tested tested) {
    Flag flag = tested.flag();
    Rule rule = tested.rule();
    Set<Omission> omissions = EnumSet.noneOf(Omission.class);
    note(omissions, rule.condition() != null, Omission.AUDIENCE);
    note(omissions, !flag.enabled(), Omission.DISABLED);
    note(omissions, !flag.forced().isEmpty(), Omission.LISTS);
    note(
        omissions,
        !flag.prerequisites().isEmpty() || !rule.prerequisites().isEmpty(),
        Omission.PREREQUISITES);
    note(omissions, flag.rules().indexOf(rule) > 0, Omission.EARLIER_RULES);
    note(omissions, !rule.schedule().equals(Schedule.ALWAYS), Omission.SCHEDULE);
    note(omissions, tested.split().stickiness() != null, Omission.KEPT_VARIANTS);
    return omissions;
  }

  private static void note(Set<Omission> omissions, boolean left, Omission omission) {
    if (left) {
      omissions.add(omission);
    }
  }
}
