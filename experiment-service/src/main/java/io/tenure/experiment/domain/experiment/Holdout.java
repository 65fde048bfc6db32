package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.Keyed;

/**
 * Units kept out of experiments and of what these decided.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it measures
 * @param unit what is held out
 * @param share parts of 10000
 * @param ended true when nobody is held out any more
 */
public record Holdout(
    String key, String displayName, String description, UnitType unit, int share, boolean ended)
    implements Keyed {}
