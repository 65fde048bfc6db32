package io.tenure.segment.domain.attribution;

import io.tenure.segment.domain.journey.Label;
import org.jspecify.annotations.Nullable;

/**
 * One number of an attribution, behind which there are users.
 *
 * @param model null for everybody who converted
 * @param source what is owed to; null for conversions without a touch
 */
public record AttributionCell(@Nullable AttributionModel model, @Nullable Label source) {}
