package io.tenure.experiment.domain;

/** One possible value of a flag, by name. */
public record Variant(String name, Value value) {}
