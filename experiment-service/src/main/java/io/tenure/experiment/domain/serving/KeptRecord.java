package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Kept;
import java.time.Instant;

/**
 * A variant that is kept.
 *
 * @param unit for whom
 * @param split key of the split that dealt it
 * @param kept the variant, and under which version it was dealt
 * @param time when it was dealt
 */
public record KeptRecord(Unit unit, String split, Kept kept, Instant time) {}
