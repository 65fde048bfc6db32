package io.tenure.collector.domain.intake;

import java.time.Duration;

/**
 * What one step did to the records of one request that reached it.
 *
 * @param time for all of them together
 */
public record StepRun(
    StepName step, int passed, int changed, int quarantined, int refused, Duration time) {}
