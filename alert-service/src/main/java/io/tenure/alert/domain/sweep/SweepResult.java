package io.tenure.alert.domain.sweep;

/**
 * What a sweep did; matched = raised + suppressed.
 *
 * @param matched users who fulfil the condition
 * @param raised new alerts
 * @param suppressed users left out because of the cooldown
 */
public record SweepResult(long matched, long raised, long suppressed) {}
