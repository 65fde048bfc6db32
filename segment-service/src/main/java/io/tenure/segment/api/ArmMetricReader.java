package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.experiment.v1.Metric;
import io.tenure.segment.domain.arm.ArmMetric;
import io.tenure.segment.domain.arm.Measure;
import io.tenure.segment.domain.journey.Column;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads metrics of experiments. */
final class ArmMetricReader {

  private ArmMetricReader() {}

  static ArmMetric read(String path, Metric metric) {
    ArmMetric.Kind kind = kind(path, metric);
    double cap = metric.getCapQuantile() == 0 ? 1 : metric.getCapQuantile();
    if (metric.hasRetention()) {
      Duration from = Fields.duration(path + ".retention.from", metric.getRetention().getFrom());
      Duration to = Fields.duration(path + ".retention.to", metric.getRetention().getTo());
      return at(path + ".retention", () -> new ArmMetric(kind, from, to, cap));
    }
    @Nullable Duration window =
        metric.hasWindow() ? Fields.duration(path + ".window", metric.getWindow()) : null;
    return at(path + ".window", () -> new ArmMetric(kind, Duration.ZERO, window, cap));
  }

  private static ArmMetric.Kind kind(String path, Metric metric) {
    return switch (metric.getKindCase()) {
      case CONVERSION ->
          new ArmMetric.Happened(
              ConditionReader.selector(
                  path + ".conversion.selector", metric.getConversion().getSelector()));
      case COUNT ->
          new ArmMetric.Sum(
              new Measure(
                  ConditionReader.selector(
                      path + ".count.selector", metric.getCount().getSelector()),
                  null));
      case SUM ->
          new ArmMetric.Sum(
              new Measure(
                  ConditionReader.selector(path + ".sum.selector", metric.getSum().getSelector()),
                  property(path + ".sum.property", metric.getSum().getProperty())));
      case RATIO ->
          new ArmMetric.Ratio(
              measure(path + ".ratio.numerator", metric.getRatio().getNumerator()),
              measure(path + ".ratio.denominator", metric.getRatio().getDenominator()));
      case RETENTION ->
          new ArmMetric.Happened(
              ConditionReader.selector(
                  path + ".retention.selector", metric.getRetention().getSelector()));
      case FUNNEL -> {
        var funnel = metric.getFunnel();
        Duration within = Fields.duration(path + ".funnel.within", funnel.getWithin());
        var steps = ConditionReader.selectors(path + ".funnel.steps", funnel.getStepsList());
        yield at(path + ".funnel", () -> new ArmMetric.Funnel(steps, within));
      }
      case QUANTILE -> {
        var quantile = metric.getQuantile();
        Measure measure =
            new Measure(
                ConditionReader.selector(path + ".quantile.selector", quantile.getSelector()),
                property(path + ".quantile.property", quantile.getProperty()));
        yield at(
            path + ".quantile.level", () -> new ArmMetric.Quantile(measure, quantile.getLevel()));
      }
      case KIND_NOT_SET -> throw Failure.invalid(path, "needs exactly one kind of metric");
    };
  }

  private static Measure measure(String path, Metric.Measure measure) {
    return new Measure(
        ConditionReader.selector(path + ".selector", measure.getSelector()),
        LabelReader.property(path + ".property", measure.getProperty()));
  }

  private static Column.Property property(String path, String name) {
    return at(path, () -> new Column.Property(name));
  }
}
