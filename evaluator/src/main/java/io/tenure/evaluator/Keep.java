package io.tenure.evaluator;

/**
 * Has to be kept, unless something is kept there already: then that decides, and whoever was slower
 * decides again.
 *
 * @param key where
 * @param kept what
 */
public record Keep(KeptKey key, Kept kept) {}
