package io.tenure.evaluator;

/** A value a flag can have, by name. */
public record Variant(String name, Value value) {}
