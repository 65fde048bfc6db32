package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Outcome;

/**
 * What a user gets, and how sure that is.
 *
 * @param outcome what is served, and why
 * @param degraded true when stored traits or memberships were asked for and could not be read
 */
public record Evaluation(Outcome outcome, boolean degraded) {}
