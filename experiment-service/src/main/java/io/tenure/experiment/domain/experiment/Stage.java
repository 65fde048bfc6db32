package io.tenure.experiment.domain.experiment;

import java.time.Instant;

/**
 * A share that takes part from a time on.
 *
 * @param from when it begins
 * @param share parts of 10000
 */
public record Stage(Instant from, int share) {}
