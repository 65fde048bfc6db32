package io.tenure.segment.domain.arm;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.journey.Column;
import java.time.Instant;

/**
 * Tells units apart by the arm of another experiment they saw first. Whether they saw it before or
 * after the exposure that is asked about does not matter: who deals, deals both by chance.
 *
 * @param exposure which events are its exposures
 * @param armProperty their property with the name of the arm
 * @param start since when they count
 */
public record OtherExposure(EventSelector exposure, Column.Property armProperty, Instant start) {}
