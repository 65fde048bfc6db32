package io.tenure.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the other services are.
 *
 * @param collector the collector's HTTP door
 * @param clients gRPC targets: {@code static://HOST:PORT}, {@code dns:///HOST:PORT} or {@code
 *     in-process:NAME}
 */
@ConfigurationProperties("tenure")
public record PeerProperties(@DefaultValue Collector collector, @DefaultValue Clients clients) {

  /**
   * The collector's HTTP door.
   *
   * @param url its address
   */
  public record Collector(@DefaultValue("http://127.0.0.1:8081") URI url) {}

  /**
   * Targets by service.
   *
   * @param eventCollector the collector
   * @param profileService the profile service
   * @param segmentService segments and analyses
   * @param experimentService flags
   * @param alertService rules and alerts
   */
  public record Clients(
      @DefaultValue("static://127.0.0.1:9091") String eventCollector,
      @DefaultValue("static://127.0.0.1:9092") String profileService,
      @DefaultValue("static://127.0.0.1:9093") String segmentService,
      @DefaultValue("static://127.0.0.1:9094") String experimentService,
      @DefaultValue("static://127.0.0.1:9095") String alertService) {}
}
