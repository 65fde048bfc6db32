package io.tenure.experiment.domain.analysis;

import io.tenure.statistics.effect.Effect;

/**
 * What a design says of one question that it takes for the only one.
 *
 * @param effect at the latest look
 * @param significant whether a look has rejected "no difference"
 * @param drifted whether intervals of different looks exclude each other
 */
public record Judged(Effect effect, boolean significant, boolean drifted) {}
