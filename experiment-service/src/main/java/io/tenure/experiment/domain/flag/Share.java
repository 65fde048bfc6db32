package io.tenure.experiment.domain.flag;

/**
 * The share of one variant.
 *
 * @param variant its name
 * @param weight parts of {@link io.tenure.evaluator.Shares#WHOLE}
 */
public record Share(String variant, int weight) {}
