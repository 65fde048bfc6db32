package io.tenure.platform.service;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Starts a service. Each reads its own {@code NAME.yaml}, so that several can live in one process.
 */
public final class ServiceRunner {

  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("spring.threads.virtual.enabled", true),
          Map.entry("spring.main.log-startup-info", false),
          Map.entry("spring.jmx.enabled", false),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
          Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
          Map.entry("management.endpoint.health.probes.enabled", true),
          Map.entry(
              "management.endpoint.health.group.readiness.include",
              "readinessState,clickHouse,redis"),
          Map.entry("management.tracing.export.otlp.enabled", false),
          Map.entry("management.otlp.metrics.export.enabled", false),
          Map.entry("management.tracing.sampling.probability", 0.1),
          Map.entry("spring.grpc.server.inbound.message.max-size", "16MB"),
          Map.entry("spring.grpc.server.reflection.enabled", false),
          // Calls that last longer are ended, or whoever stops the process would end all of them.
          Map.entry("spring.grpc.server.shutdown.grace-period", "10s"),
          // Spring Cloud is on the class path for the gateway's routes only.
          Map.entry("spring.cloud.discovery.enabled", false),
          Map.entry("spring.cloud.refresh.enabled", false));

  private ServiceRunner() {}

  /**
   * A service ready to run.
   *
   * @param application its class, marked {@link TenureService}
   * @param name its name, for example {@code event-collector}: the name of its configuration file
   *     and in telemetry
   */
  public static SpringApplicationBuilder service(Class<?> application, String name) {
    return new SpringApplicationBuilder(application)
        .bannerMode(Banner.Mode.OFF)
        .properties(DEFAULTS)
        .properties(
            Map.of(
                "spring.config.name", name,
                "spring.application.name", name,
                "spring.main.allow-bean-definition-overriding", false));
  }
}
