package io.tenure.segment.domain.lifecycle;

/**
 * One number of a lifecycle, behind which there are users.
 *
 * @param period number of the period, from 0 for the first of the range
 */
public record LifecycleCell(int period, LifecyclePart part) {}
