package io.tenure.alert;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be configured of the alert service.
 *
 * @param allowPrivateWebhooks whether webhooks may use plain http and private addresses
 * @param secretKey 32 bytes in Base64 that seal the receivers' secrets; empty keeps them as they
 *     are
 * @param sweepTick time between looks for due rules
 * @param backtestParallelism most instants of one back-test evaluated at the same time
 * @param delivery how alerts are delivered
 */
@Validated
@ConfigurationProperties("tenure.alert")
public record AlertProperties(
    @DefaultValue("false") boolean allowPrivateWebhooks,
    @DefaultValue("") String secretKey,
    @DefaultValue("30s") Duration sweepTick,
    @DefaultValue("4") @Min(1) @Max(64) int backtestParallelism,
    @DefaultValue @Valid Delivery delivery) {

  /**
   * How alerts are delivered.
   *
   * @param tick time between looks for due deliveries
   * @param deadline longest time of one attempt
   * @param attempts attempts before giving up
   * @param firstBackoff wait after the first attempt; doubles with each
   * @param maxBackoff longest wait
   * @param batchSize most alerts in one request
   */
  public record Delivery(
      @DefaultValue("5s") Duration tick,
      @DefaultValue("10s") Duration deadline,
      @DefaultValue("10") @Min(1) @Max(20) int attempts,
      @DefaultValue("10s") Duration firstBackoff,
      @DefaultValue("1h") Duration maxBackoff,
      @DefaultValue("100") @Min(1) @Max(1000) int batchSize) {}

  /** Never shows the key. */
  @Override
  public String toString() {
    return "AlertProperties[delivery=" + delivery + "]";
  }
}
