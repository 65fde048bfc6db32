package io.tenure.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.alert.domain.delivery.Delivery;
import io.tenure.alert.domain.delivery.DeliveryMeter;
import io.tenure.alert.domain.sweep.SweepMeter;
import io.tenure.alert.domain.sweep.SweepResult;
import java.util.Locale;

/**
 * The metrics of this service. Both balance: matched = raised + suppressed + unwilling, and each
 * alert of a finished delivery counts once as delivered, failed or withheld; pending counts the
 * attempts between.
 */
enum AlertTelemetry {
  /** Users seen by sweeps; key {@code result}: matched, raised, suppressed, unwilling. */
  SWEPT_USERS("tenure.alert.swept.users", "result"),
  /** Alerts in delivery attempts; key {@code state}: delivered, pending, failed, withheld. */
  DELIVERY_ALERTS("tenure.alert.delivery.alerts", "state");

  private final String metric;
  private final String key;

  AlertTelemetry(String metric, String key) {
    this.metric = metric;
    this.key = key;
  }

  static SweepMeter sweeps(MeterRegistry meters) {
    return (SweepResult result) -> {
      SWEPT_USERS.counter(meters, "matched").increment((double) result.matched());
      SWEPT_USERS.counter(meters, "raised").increment((double) result.raised());
      SWEPT_USERS.counter(meters, "suppressed").increment((double) result.suppressed());
      SWEPT_USERS.counter(meters, "unwilling").increment((double) result.unwilling());
    };
  }

  static DeliveryMeter deliveries(MeterRegistry meters) {
    return (Delivery.State state, int alerts) ->
        DELIVERY_ALERTS.counter(meters, state.name().toLowerCase(Locale.ROOT)).increment(alerts);
  }

  private Counter counter(MeterRegistry meters, String value) {
    return meters.counter(metric, key, value);
  }
}
