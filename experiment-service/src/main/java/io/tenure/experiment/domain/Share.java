package io.tenure.experiment.domain;

/**
 * The share of one variant.
 *
 * @param variant its name
 * @param weight parts of {@link Allocation#WHOLE}
 */
public record Share(String variant, int weight) {}
