package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.UnitType;

/**
 * What a split deals as one.
 *
 * @param type its kind
 * @param id its id, as callers name it
 */
public record Unit(UnitType type, String id) {}
