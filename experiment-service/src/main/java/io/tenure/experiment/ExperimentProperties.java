package io.tenure.experiment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the experiment service.
 *
 * @param clients the services it asks
 * @param experiment its own settings
 */
@Validated
@ConfigurationProperties("tenure")
record ExperimentProperties(
    @NotNull @DefaultValue Clients clients, @NotNull @DefaultValue Experiment experiment) {

  /**
   * Targets of the services it asks.
   *
   * @param eventCollector where exposures go
   * @param profileService where stored traits come from
   * @param segmentService where memberships come from
   */
  record Clients(
      @NotBlank @DefaultValue("static://127.0.0.1:9091") String eventCollector,
      @NotBlank @DefaultValue("static://127.0.0.1:9092") String profileService,
      @NotBlank @DefaultValue("static://127.0.0.1:9093") String segmentService) {}

  /**
   * Own settings.
   *
   * @param lookupTimeout longest wait for stored traits, memberships or kept variants before an
   *     evaluation goes on without them
   * @param keptLifetime how long the kept variants of a unit outlive the last time it was decided
   * @param exposureTimeout longest wait until exposures are on disk
   * @param analysisTimeout longest wait for what arms did
   * @param breakerInterval time between two looks for experiments that do harm
   * @param refreshInterval time between two looks for changed flags
   */
  record Experiment(
      @NotNull @DefaultValue("500ms") Duration lookupTimeout,
      @NotNull @DefaultValue("180d") Duration keptLifetime,
      @NotNull @DefaultValue("10s") Duration exposureTimeout,
      @NotNull @DefaultValue("2m") Duration analysisTimeout,
      @NotNull @DefaultValue("5m") Duration breakerInterval,
      @NotNull @DefaultValue("250ms") Duration refreshInterval) {}
}
