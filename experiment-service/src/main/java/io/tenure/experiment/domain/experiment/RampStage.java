package io.tenure.experiment.domain.experiment;

import java.time.Duration;

/**
 * A share of units that takes part.
 *
 * @param share parts of 10000
 * @param after time since the start
 */
public record RampStage(int share, Duration after) {}
