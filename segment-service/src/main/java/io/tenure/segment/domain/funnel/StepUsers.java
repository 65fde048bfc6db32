package io.tenure.segment.domain.funnel;

import java.util.List;

/**
 * A page of the users behind a step.
 *
 * @param numbers their numbers, ascending
 * @param total how many there are in all
 * @param more whether there are more after this page
 */
public record StepUsers(List<Long> numbers, long total, boolean more) {}
