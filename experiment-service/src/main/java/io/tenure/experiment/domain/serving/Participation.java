package io.tenure.experiment.domain.serving;

import org.jspecify.annotations.Nullable;

/**
 * How a decision stands to the run its flag tests. Without it nobody could tell a variant that was
 * dealt from the same one served for another reason.
 *
 * @param run the run that dealt the variant, else the first that a rule of the flag names
 * @param unit id of the unit; null when it is not known
 * @param dealt whether the run dealt the variant
 */
public record Participation(TestedRun run, @Nullable String unit, boolean dealt) {}
