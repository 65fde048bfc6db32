package io.tenure.statistics.effect;

/**
 * The units of one stratum, such as a country, in both arms.
 *
 * @param <S> the kind of sample
 */
public record Stratum<S>(S treatment, S control) {}
