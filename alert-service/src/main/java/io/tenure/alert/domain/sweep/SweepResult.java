package io.tenure.alert.domain.sweep;

/**
 * What a sweep did; matched = raised + suppressed + unwilling.
 *
 * @param matched users who fulfil the condition
 * @param raised new alerts
 * @param suppressed users left out because of the cooldown
 * @param unwilling users left out because they do not agree to marketing
 */
public record SweepResult(long matched, long raised, long suppressed, long unwilling) {}
