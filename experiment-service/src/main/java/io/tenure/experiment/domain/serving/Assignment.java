package io.tenure.experiment.domain.serving;

import org.jspecify.annotations.Nullable;

/**
 * Which variant of an experiment a unit gets.
 *
 * @param reason why
 * @param variant its name; empty unless the unit takes part
 * @param bucket among the arms, or at the gate that was not passed; null when it was not dealt now
 * @param gate key of the layer or hold-out that was not passed; empty otherwise
 * @param degraded true when stored traits, memberships or kept variants were asked for and could
 *     not be read
 */
public record Assignment(
    AssignmentReason reason,
    String variant,
    @Nullable Long bucket,
    String gate,
    boolean degraded) {}
