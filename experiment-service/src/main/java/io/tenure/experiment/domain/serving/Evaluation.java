package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Outcome;
import io.tenure.experiment.domain.exposure.Dealt;
import org.jspecify.annotations.Nullable;

/**
 * What a user gets, and how sure that is.
 *
 * @param outcome what is served, and why
 * @param degraded true when stored traits or memberships were asked for and could not be read, or
 *     what was dealt could not be read or kept
 * @param dealt what an experiment dealt; null when none did
 * @param participation how it stands to the experiment the flag tests; null when it tests none
 */
public record Evaluation(
    Outcome outcome,
    boolean degraded,
    @Nullable Dealt dealt,
    @Nullable Participation participation) {}
