package io.tenure.standalone.runtime;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenure.platform.service.ServiceRunner;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All services in this process. They talk gRPC over the in-process transport; only the gateway and,
 * for raw events, the collector listen, on loopback. One meter registry holds everybody's metrics,
 * so the gateway's endpoint shows all of them.
 */
public final class InProcessPlatform implements LocalPlatform {

  private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final URI gateway;
  private final URI collector;

  private InProcessPlatform(
      Stores stores,
      Path data,
      int port,
      Secrets secrets,
      Map<String, String> overrides,
      Consumer<Service> progress) {
    bindProcessMetrics();
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    try {
      for (Service service : Service.values()) {
        progress.accept(service);
        Map<String, String> values = Settings.common(stores);
        values.putAll(inProcess(service));
        URI collector = URI.create("http://127.0.0.1:" + ports.getOrDefault(Service.COLLECTOR, 0));
        values.putAll(Settings.own(service, data, secrets, port, collector));
        values.putAll(overrides);
        ports.put(service, start(new Settings(service, values)));
      }
    } catch (RuntimeException exception) {
      close();
      throw exception;
    }
    this.gateway = URI.create("http://127.0.0.1:" + ports.get(Service.GATEWAY));
    this.collector = URI.create("http://127.0.0.1:" + ports.get(Service.COLLECTOR));
  }

  /**
   * Starts the services.
   *
   * @param port of the gateway; 0 for a free one
   * @param overrides configuration that wins over everything, for tests
   * @param progress told about each service before it starts
   */
  public static InProcessPlatform start(
      Stores stores,
      Path data,
      int port,
      Secrets secrets,
      Map<String, String> overrides,
      Consumer<Service> progress) {
    return new InProcessPlatform(stores, data, port, secrets, overrides, progress);
  }

  private int start(Settings settings) {
    ConfigurableApplicationContext context =
        ServiceRunner.service(settings.service().application(), settings.service().label())
            .registerShutdownHook(false)
            .initializers(
                fresh ->
                    fresh.getBeanFactory().registerSingleton("prometheusMeterRegistry", meters))
            .run(settings.asArguments());
    contexts.push(context);
    return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
  }

  private static Map<String, String> inProcess(Service service) {
    Map<String, String> values = new java.util.TreeMap<>();
    for (Service other : Service.values()) {
      values.put("tenure.clients." + other.label(), "in-process:" + other.label());
    }
    values.put("spring.main.web-application-type", service.http() ? "servlet" : "none");
    values.put("server.port", "0");
    values.put("spring.grpc.server.port", "0");
    values.put("spring.grpc.server.inprocess.name", service.label());
    return values;
  }

  private void bindProcessMetrics() {
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    @SuppressWarnings("resource") // Lives as long as the process.
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(meters);
  }

  @Override
  public URI gateway() {
    return gateway;
  }

  @Override
  public URI collector() {
    return collector;
  }

  /** A part of a service, for what concerns the installation as a whole. */
  public <T> T part(Service service, Class<T> type) {
    return context(service).getBean(type);
  }

  /** The context of a service, for tests that look inside. */
  ConfigurableApplicationContext context(Service service) {
    return contexts.stream()
        .filter(
            context ->
                service
                    .label()
                    .equals(context.getEnvironment().getProperty("spring.application.name")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    while (!contexts.isEmpty()) {
      contexts.pop().close();
    }
  }
}
