package io.tenure.experiment.domain.flag;

import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.Serving;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment brings to the rule that names it.
 *
 * @param audience for whom; null for everybody
 * @param serving what they get
 */
public record Trial(@Nullable Condition audience, Serving serving) {}
