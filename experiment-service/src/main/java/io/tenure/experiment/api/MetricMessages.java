package io.tenure.experiment.api;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.metric.MetricKind;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.experiment.v1.MetricDirection;
import io.tenure.statistics.effect.Direction;
import java.time.Duration;

/** Metrics, from and to their messages. */
final class MetricMessages {

  private MetricMessages() {}

  static Metric read(io.tenure.proto.experiment.v1.Metric message) {
    return new Metric(
        message.getKey(),
        message.getDisplayName(),
        message.getDescription(),
        switch (message.getDirection()) {
          case METRIC_DIRECTION_UNSPECIFIED, METRIC_DIRECTION_HIGHER_IS_BETTER ->
              Direction.HIGHER_IS_BETTER;
          case METRIC_DIRECTION_LOWER_IS_BETTER -> Direction.LOWER_IS_BETTER;
          case UNRECOGNIZED -> throw Failure.invalid("direction", "is not known");
        },
        kind(message),
        message.hasWindow() ? Fields.duration("window", message.getWindow()) : null,
        message.getCapQuantile() == 0 ? 1 : message.getCapQuantile(),
        message.getCurrency());
  }

  private static MetricKind kind(io.tenure.proto.experiment.v1.Metric message) {
    return switch (message.getKindCase()) {
      case CONVERSION ->
          new MetricKind.Conversion(
              selector("conversion.selector", message.getConversion().getSelector()));
      case COUNT ->
          new MetricKind.Count(selector("count.selector", message.getCount().getSelector()));
      case SUM ->
          new MetricKind.Sum(
              selector("sum.selector", message.getSum().getSelector()),
              message.getSum().getProperty());
      case RATIO ->
          new MetricKind.Ratio(
              measure("ratio.numerator", message.getRatio().getNumerator()),
              measure("ratio.denominator", message.getRatio().getDenominator()));
      case RETENTION ->
          new MetricKind.Retention(
              selector("retention.selector", message.getRetention().getSelector()),
              Fields.duration("retention.from", message.getRetention().getFrom()),
              Fields.duration("retention.to", message.getRetention().getTo()));
      case FUNNEL ->
          new MetricKind.Funnel(
              ConditionReader.selectors("funnel.steps", message.getFunnel().getStepsList()),
              Fields.duration("funnel.within", message.getFunnel().getWithin()));
      case QUANTILE ->
          new MetricKind.Quantile(
              selector("quantile.selector", message.getQuantile().getSelector()),
              message.getQuantile().getProperty(),
              message.getQuantile().getLevel());
      case KIND_NOT_SET -> throw Failure.invalid("kind", "needs exactly one kind of metric");
    };
  }

  private static MetricKind.Measure measure(
      String path, io.tenure.proto.experiment.v1.Metric.Measure message) {
    return new MetricKind.Measure(
        selector(path + ".selector", message.getSelector()), message.getProperty());
  }

  private static EventSelector selector(
      String path, io.tenure.proto.condition.v1.EventSelector message) {
    return ConditionReader.selector(path, message);
  }

  static io.tenure.proto.experiment.v1.Metric write(Stored<Metric> stored) {
    Metric metric = stored.content();
    io.tenure.proto.experiment.v1.Metric.Builder message =
        io.tenure.proto.experiment.v1.Metric.newBuilder()
            .setKey(metric.key())
            .setDisplayName(metric.displayName())
            .setDescription(metric.description())
            .setDirection(
                switch (metric.direction()) {
                  case HIGHER_IS_BETTER -> MetricDirection.METRIC_DIRECTION_HIGHER_IS_BETTER;
                  case LOWER_IS_BETTER -> MetricDirection.METRIC_DIRECTION_LOWER_IS_BETTER;
                })
            .setCapQuantile(metric.capQuantile())
            .setCurrency(metric.currency())
            .setCreateTime(Fields.timestamp(stored.createTime()))
            .setUpdateTime(Fields.timestamp(stored.updateTime()))
            .setEtag(stored.etag());
    Duration window = metric.window();
    if (window != null) {
      message.setWindow(Fields.duration(window));
    }
    write(metric.kind(), message);
    return message.build();
  }

  private static void write(MetricKind kind, io.tenure.proto.experiment.v1.Metric.Builder message) {
    switch (kind) {
      case MetricKind.Conversion(EventSelector selector) ->
          message.getConversionBuilder().setSelector(ConditionWriter.selector(selector));
      case MetricKind.Count(EventSelector selector) ->
          message.getCountBuilder().setSelector(ConditionWriter.selector(selector));
      case MetricKind.Sum(EventSelector selector, String property) ->
          message
              .getSumBuilder()
              .setSelector(ConditionWriter.selector(selector))
              .setProperty(property);
      case MetricKind.Ratio(MetricKind.Measure numerator, MetricKind.Measure denominator) ->
          message
              .getRatioBuilder()
              .setNumerator(write(numerator))
              .setDenominator(write(denominator));
      case MetricKind.Retention retention ->
          message
              .getRetentionBuilder()
              .setSelector(ConditionWriter.selector(retention.selector()))
              .setFrom(Fields.duration(retention.from()))
              .setTo(Fields.duration(retention.to()));
      case MetricKind.Funnel funnel ->
          message
              .getFunnelBuilder()
              .addAllSteps(funnel.steps().stream().map(ConditionWriter::selector).toList())
              .setWithin(Fields.duration(funnel.within()));
      case MetricKind.Quantile quantile ->
          message
              .getQuantileBuilder()
              .setSelector(ConditionWriter.selector(quantile.selector()))
              .setProperty(quantile.property())
              .setLevel(quantile.level());
    }
  }

  private static io.tenure.proto.experiment.v1.Metric.Measure write(MetricKind.Measure measure) {
    return io.tenure.proto.experiment.v1.Metric.Measure.newBuilder()
        .setSelector(ConditionWriter.selector(measure.selector()))
        .setProperty(measure.property())
        .build();
  }
}
