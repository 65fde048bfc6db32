package io.tenure.experiment.client;

import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import java.time.Duration;

/** Writes what a metric measures; names and times are nobody else's business. */
final class MetricWriter {

  private MetricWriter() {}

  static io.tenure.proto.experiment.v1.Metric write(Metric metric) {
    io.tenure.proto.experiment.v1.Metric.Builder message =
        io.tenure.proto.experiment.v1.Metric.newBuilder().setCapQuantile(metric.capQuantile());
    Duration window = metric.window();
    if (window != null) {
      message.setWindow(Fields.duration(window));
    }
    switch (metric.kind()) {
      case MetricKind.Conversion(var selector) ->
          message.getConversionBuilder().setSelector(ConditionWriter.selector(selector));
      case MetricKind.Count(var selector) ->
          message.getCountBuilder().setSelector(ConditionWriter.selector(selector));
      case MetricKind.Sum(var selector, String property) ->
          message
              .getSumBuilder()
              .setSelector(ConditionWriter.selector(selector))
              .setProperty(property);
      case MetricKind.Ratio(var numerator, var denominator) ->
          message
              .getRatioBuilder()
              .setNumerator(write(numerator))
              .setDenominator(write(denominator));
      case MetricKind.Retention(var selector, Duration from, Duration to) ->
          message
              .getRetentionBuilder()
              .setSelector(ConditionWriter.selector(selector))
              .setFrom(Fields.duration(from))
              .setTo(Fields.duration(to));
      case MetricKind.Funnel(var steps, Duration within) ->
          message
              .getFunnelBuilder()
              .addAllSteps(steps.stream().map(ConditionWriter::selector).toList())
              .setWithin(Fields.duration(within));
      case MetricKind.Quantile(var selector, String property, double level) ->
          message
              .getQuantileBuilder()
              .setSelector(ConditionWriter.selector(selector))
              .setProperty(property)
              .setLevel(level);
    }
    return message.build();
  }

  private static io.tenure.proto.experiment.v1.Metric.Measure write(MetricKind.Measure measure) {
    return io.tenure.proto.experiment.v1.Metric.Measure.newBuilder()
        .setSelector(ConditionWriter.selector(measure.selector()))
        .setProperty(measure.property())
        .build();
  }
}
