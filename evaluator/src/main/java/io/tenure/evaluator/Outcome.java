package io.tenure.evaluator;

import org.jspecify.annotations.Nullable;

/**
 * What is served, and why.
 *
 * @param flag key of the flag
 * @param variant name of the variant
 * @param value its value
 * @param reason why this one
 * @param rule name of the rule that decided; empty when none did
 * @param split key of the split that dealt the unit, to be counted as an exposure when the variant
 *     is shown; empty when none did
 * @param keep what has to be kept for the split; null when nothing has to be
 */
public record Outcome(
    String flag,
    String variant,
    Value value,
    Reason reason,
    String rule,
    String split,
    @Nullable Keep keep) {}
