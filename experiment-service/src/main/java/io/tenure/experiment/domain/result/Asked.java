package io.tenure.experiment.domain.result;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which run somebody asks about.
 *
 * @param experiment key of the experiment
 * @param phase its run; 0 for the latest
 * @param asOf as if it were then; null for now
 */
public record Asked(String experiment, int phase, @Nullable Instant asOf) {}
