package io.tenure.experiment.domain;

import io.tenure.condition.domain.Condition;

/** A condition with the allocation of those who fulfil it. */
public record FlagRule(String name, Condition condition, Allocation allocation) {}
