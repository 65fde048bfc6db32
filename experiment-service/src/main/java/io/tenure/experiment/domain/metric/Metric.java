package io.tenure.experiment.domain.metric;

import io.tenure.experiment.domain.Keyed;
import io.tenure.statistics.effect.Direction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A number experiments are judged by: one value for each unit, made of its events after its first
 * exposure.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it means
 * @param direction which way is good
 * @param kind what is measured
 * @param window how long after the first exposure events count; null until the end of the analysis
 * @param capQuantile values above this quantile of all arms together are cut down to it; 1 for none
 * @param currency ISO 4217 code of sums of money; empty for what is none
 */
public record Metric(
    String key,
    String displayName,
    String description,
    Direction direction,
    MetricKind kind,
    @Nullable Duration window,
    double capQuantile,
    String currency)
    implements Keyed {}
