package io.tenure.experiment.domain.result;

import io.tenure.statistics.balance.Culprits;
import io.tenure.statistics.balance.SampleRatio;
import io.tenure.statistics.balance.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the numbers of a run can be trusted.
 *
 * @param basis which numbers it rests on
 * @param severity the worst of everything that may be looked at often
 * @param balance the arms
 * @param ratio whether units arrived as they were dealt, at this look alone
 * @param overLooks the least p-value of that by each look; valid at all of them
 * @param suspect what a mismatch has to do with the dimension; null without one
 * @param mixed units that saw several arms
 * @param strangers units whose exposures name none of the arms
 * @param covariates whether arms were alike before
 * @param power what can still be found
 * @param findings everything that is not fine, in words
 */
public record Health(
    Basis basis,
    Severity severity,
    Results.Balance balance,
    SampleRatio ratio,
    List<Double> overLooks,
    Culprits.@Nullable Suspect suspect,
    Mixed mixed,
    long strangers,
    List<Covariate> covariates,
    List<PowerLeft> power,
    List<String> findings) {

  /** Copies the lists. */
  public Health {
    overLooks = List.copyOf(overLooks);
    covariates = List.copyOf(covariates);
    power = List.copyOf(power);
    findings = List.copyOf(findings);
  }

  /** How bad the sample ratio is over all looks. */
  public Severity severityOverLooks() {
    return Severity.of(overLooks.getLast());
  }

  /**
   * Units that saw several arms.
   *
   * @param share of all units
   */
  public record Mixed(long units, double share) {
    /** A few are normal: people have several devices. */
    public Severity severity() {
      if (share > 0.01) {
        return Severity.ALARM;
      }
      return share > 0.001 ? Severity.WARNING : Severity.FINE;
    }
  }

  /**
   * Whether a treatment was like the control before.
   *
   * @param difference relative to the control; null when it can't be told
   * @param pValue corrected for all of them
   */
  public record Covariate(String metric, String arm, @Nullable Double difference, double pValue) {
    /** However small, it can be chance, and covariates take it out again. */
    public Severity severity() {
      return Severity.of(pValue) == Severity.FINE ? Severity.FINE : Severity.WARNING;
    }
  }

  /**
   * What a goal can find with the planned units.
   *
   * @param detectable smallest relative effect found with the plan's power; null when it can't be
   *     told
   * @param power to find the plan's smallest effect; null when it can't be told
   * @param needed units of all arms that would find it; null when it can't be told
   */
  public record PowerLeft(
      String metric,
      String arm,
      @Nullable Double detectable,
      @Nullable Double power,
      @Nullable Long needed) {}
}
