package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.record.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What one step made of one record.
 *
 * @param reason name of the {@link io.tenure.collector.domain.record.QuarantineReason} or {@link
 *     io.tenure.collector.domain.record.RefuseReason}; empty when it passed
 * @param detail in words a developer can act on; never a property's value
 */
public record StepOutcome(StepName step, Result result, String reason, String detail) {

  /** The kinds of outcome. */
  public enum Result {
    /** Went on as it was. */
    PASSED("passed"),
    /** Went on with something added or put into another form. */
    CHANGED("changed"),
    /** Is kept aside. */
    QUARANTINED("quarantined"),
    /** Is counted only. */
    REFUSED("refused");

    private final String label;

    Result(String label) {
      this.label = label;
    }

    /** The name in meters and replies. */
    public String label() {
      return label;
    }
  }

  static Result result(@Nullable Verdict before, @Nullable Verdict after) {
    return switch (after) {
      case null -> Result.PASSED;
      case Verdict.Accept accept ->
          before instanceof Verdict.Accept earlier && earlier.accepted() != accept.accepted()
              ? Result.CHANGED
              : Result.PASSED;
      case Verdict.Quarantine quarantine -> Result.QUARANTINED;
      case Verdict.Refuse refuse -> Result.REFUSED;
    };
  }

  static StepOutcome of(StepName step, Result result, @Nullable Verdict verdict) {
    return switch (verdict) {
      case null -> new StepOutcome(step, result, "", "");
      case Verdict.Accept accept -> new StepOutcome(step, result, "", "");
      case Verdict.Quarantine quarantine ->
          new StepOutcome(step, result, quarantine.reason().name(), quarantine.detail());
      case Verdict.Refuse refuse -> new StepOutcome(step, result, refuse.reason().name(), "");
    };
  }
}
