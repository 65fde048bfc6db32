package io.tenure.experiment.domain.experiment;

/**
 * The part of a layer an experiment wants.
 *
 * @param layer key of the layer
 * @param share parts of 10000
 */
public record LayerShare(String layer, int share) {}
