package io.tenure.evaluator;

/**
 * The variant a unit got before, to get it again.
 *
 * @param variant its name
 * @param version the {@link Stickiness#version} it was dealt under
 */
public record Kept(String variant, int version) {}
