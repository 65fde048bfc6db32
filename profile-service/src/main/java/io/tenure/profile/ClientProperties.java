package io.tenure.profile;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are that this one asks.
 *
 * @param segmentService evaluates conditions
 * @param eventCollector keeps events, and what is on its way
 * @param alertService keeps alerts about people
 * @param experimentService keeps variants people were dealt
 */
@Validated
@ConfigurationProperties("tenure.clients")
public record ClientProperties(
    @NotBlank @DefaultValue("static://127.0.0.1:9093") String segmentService,
    @NotBlank @DefaultValue("static://127.0.0.1:9091") String eventCollector,
    @NotBlank @DefaultValue("static://127.0.0.1:9095") String alertService,
    @NotBlank @DefaultValue("static://127.0.0.1:9094") String experimentService) {

  /** The address of a service that keeps something about people. */
  String keeper(String service) {
    return switch (service) {
      case "event-collector" -> eventCollector;
      case "alert-service" -> alertService;
      case "experiment-service" -> experimentService;
      default ->
          throw new IllegalArgumentException(
              "tenure.profile.erasure.services: '" + service + "' keeps nothing about people");
    };
  }
}
