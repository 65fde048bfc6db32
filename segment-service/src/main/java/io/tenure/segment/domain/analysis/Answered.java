package io.tenure.segment.domain.analysis;

/**
 * An answer and how fresh it is.
 *
 * @param repeated whether it had been computed before
 */
public record Answered<A>(A answer, Freshness freshness, boolean repeated) {}
