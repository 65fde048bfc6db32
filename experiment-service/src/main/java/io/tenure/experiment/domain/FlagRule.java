package io.tenure.experiment.domain;

/** A condition with the allocation of those who fulfil it. */
public record FlagRule(String name, FlagCondition condition, Allocation allocation) {}
