package io.tenure.experiment.domain;

/**
 * What a user gets, and why.
 *
 * @param flagKey the flag
 * @param variant name of the variant
 * @param value its value
 * @param cause why this one
 * @param rule name of the rule that decided; empty when none did
 * @param degraded true when stored traits or memberships were asked for and could not be read
 */
public record Evaluation(
    String flagKey, String variant, Value value, Cause cause, String rule, boolean degraded) {

  /** Why a variant was chosen; the reasons of the OpenFeature specification. */
  public enum Cause {
    /** The flag has no rules and one variant for everybody. */
    STATIC,
    /** A rule held and gives one variant to all it holds for. */
    TARGETING_MATCH,
    /** The hash of the user decided. */
    SPLIT,
    /** The flag is disabled. */
    DISABLED,
    /** No rule held, and one variant is left for the others. */
    DEFAULT
  }
}
