package io.tenure.experiment.domain.exposure;

import io.tenure.evaluator.UnitType;

/**
 * What an experiment dealt to whom.
 *
 * @param experiment key of the experiment
 * @param phase its run
 * @param flag key of the flag
 * @param variant name of the variant
 * @param unitType what was dealt
 * @param unit its id
 * @param targetingKey who asked
 */
public record Dealt(
    String experiment,
    int phase,
    String flag,
    String variant,
    UnitType unitType,
    String unit,
    String targetingKey) {}
