package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.FlagSet;

/**
 * The flags of a project as they were.
 *
 * @param version changes with every change; the same on every replica
 * @param flags the flags
 */
public record Snapshot(String version, FlagSet flags) {}
