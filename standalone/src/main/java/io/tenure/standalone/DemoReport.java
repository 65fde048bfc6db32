package io.tenure.standalone;

import java.util.List;
import java.util.Map;

/**
 * What the demo found, beside what its generator knows to be true.
 *
 * @param passed whether every acknowledged record is accounted for and every service is healthy
 * @param seconds how long each part took
 * @param memoryMegabytes resident memory of the process at the end; 0 where it cannot be read
 * @param balance where the acknowledged records ended
 * @param health whether each service is healthy
 * @param events stored events by name
 * @param funnel the funnel, step by step
 * @param segments members of each segment
 * @param flag how the flag splits the registered customers
 * @param backtest the churn rule against the past
 * @param alert what a sweep raised and the webhook received
 */
public record DemoReport(
    boolean passed,
    Map<String, Double> seconds,
    long memoryMegabytes,
    Balance balance,
    Map<String, Boolean> health,
    Map<String, Long> events,
    List<Step> funnel,
    List<Members> segments,
    Split flag,
    Backtest backtest,
    Raised alert) {

  /** acknowledged = stored + applied + withheld + quarantined + duplicates + refused. */
  public record Balance(
      long acknowledged,
      long stored,
      long applied,
      long withheld,
      long quarantined,
      long duplicates,
      long refused,
      boolean even) {}

  /** One funnel step: found and true. */
  public record Step(String name, long users, long trueUsers, double totalRate) {}

  /** One segment: found and true; -1 when the generator states no truth for it. */
  public record Members(String id, long members, long trueMembers) {}

  /** How many of the asked customers see each variant. */
  public record Split(String flagKey, long asked, Map<String, Long> variants) {}

  /** The rule against the past: found and true. */
  public record Backtest(
      String ruleId,
      long warned,
      long trueWarned,
      long warnedLost,
      long trueWarnedLost,
      double precision,
      List<Double> interval,
      double baseRate,
      double lift,
      double recall) {}

  /** One sweep. */
  public record Raised(
      String ruleId, long matched, long raised, long received, String explanation) {}
}
