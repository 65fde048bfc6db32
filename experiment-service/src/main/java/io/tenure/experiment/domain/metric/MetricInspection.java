package io.tenure.experiment.domain.metric;

import io.tenure.condition.domain.EventSelector;
import io.tenure.experiment.domain.Inspection;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds everything wrong with a metric before it is saved. */
final class MetricInspection {

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST_STEPS = 10;

  private final Metric metric;
  private final Inspection inspection = new Inspection();

  private MetricInspection(Metric metric) {
    this.metric = metric;
  }

  /**
   * Inspects a metric.
   *
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT with every violation
   */
  static void check(Metric metric) {
    MetricInspection inspection = new MetricInspection(metric);
    inspection.inspect();
    inspection.inspection.end();
  }

  private void inspect() {
    inspection.requireKey("key", metric.key());
    inspection.requireText("display_name", metric.displayName());
    inspection.requireText("description", metric.description());
    Duration window = metric.window();
    inspection.require(
        window == null || (window.isPositive() && window.compareTo(LONGEST) <= 0),
        "window",
        "above 0 and at most 365 days");
    inspection.require(
        metric.capQuantile() >= 0.5 && metric.capQuantile() <= 1, "cap_quantile", "0.5 to 1");
    inspection.require(
        metric.currency().isEmpty() || isCurrency(metric.currency()),
        "currency",
        "must be an ISO 4217 code");
    switch (metric.kind()) {
      case MetricKind.Conversion(EventSelector _) -> refuseCap();
      case MetricKind.Count(EventSelector _) -> {}
      case MetricKind.Sum(EventSelector _, String property) ->
          requireProperty("sum.property", property);
      case MetricKind.Ratio(MetricKind.Measure _, MetricKind.Measure _) -> {}
      case MetricKind.Retention retention -> {
        refuseCap();
        refuseWindow(window);
        inspection.require(
            !retention.from().isNegative(), "retention.from", "must not be negative");
        inspection.require(
            retention.to().compareTo(retention.from()) > 0
                && retention.to().compareTo(LONGEST) <= 0,
            "retention.to",
            "after 'from' and at most 365 days");
      }
      case MetricKind.Funnel(List<EventSelector> steps, Duration within) -> {
        refuseCap();
        inspection.require(
            steps.size() >= 2 && steps.size() <= MOST_STEPS, "funnel.steps", "2 to 10 steps");
        inspection.require(
            within.isPositive() && within.compareTo(LONGEST) <= 0,
            "funnel.within",
            "above 0 and at most 365 days");
      }
      case MetricKind.Quantile quantile -> {
        refuseCap();
        requireProperty("quantile.property", quantile.property());
        inspection.require(
            quantile.level() > 0 && quantile.level() < 1, "quantile.level", "above 0 and below 1");
      }
    }
  }

  private void requireProperty(String field, String property) {
    inspection.require(!property.isBlank(), field, "must not be empty");
  }

  private void refuseCap() {
    inspection.require(
        metric.capQuantile() == 1, "cap_quantile", "is for counts, sums and ratios only");
  }

  private void refuseWindow(@Nullable Duration window) {
    inspection.require(window == null, "window", "retention has one of its own");
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }
}
