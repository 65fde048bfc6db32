package io.tenure.standalone.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Each service in a process of its own on this machine, configured by environment variables as the
 * Helm chart does it. Ends them by their own process ids.
 */
public final class DistributedPlatform implements LocalPlatform {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Process> processes = new ArrayList<>();
  private final URI gateway;
  private final URI collector;

  private DistributedPlatform(
      Stores stores,
      Path data,
      int port,
      Secrets secrets,
      Map<String, String> overrides,
      Consumer<Service> progress) {
    Map<Service, Integer> grpc = new EnumMap<>(Service.class);
    Map<Service, Integer> http = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      grpc.put(service, Ports.free());
      http.put(service, service == Service.GATEWAY && port != 0 ? port : Ports.free());
    }
    this.collector = URI.create("http://127.0.0.1:" + http.get(Service.COLLECTOR));
    try {
      for (Service service : Service.values()) {
        progress.accept(service);
        Map<String, String> values = Settings.common(stores);
        grpc.forEach(
            (other, otherPort) ->
                values.put("tenure.clients." + other.label(), "static://127.0.0.1:" + otherPort));
        values.put("spring.grpc.server.port", Integer.toString(grpc.getOrDefault(service, 0)));
        values.put("server.port", Integer.toString(http.getOrDefault(service, 0)));
        int own = http.getOrDefault(service, 0);
        values.putAll(Settings.own(service, data, secrets, own, collector));
        values.putAll(overrides);
        processes.add(spawn(new Settings(service, values), data));
      }
    } catch (IOException exception) {
      close();
      throw new UncheckedIOException(exception);
    }
    this.gateway = URI.create("http://127.0.0.1:" + http.get(Service.GATEWAY));
  }

  /** Starts the services; they become healthy some seconds later. */
  public static DistributedPlatform start(
      Stores stores,
      Path data,
      int port,
      Secrets secrets,
      Map<String, String> overrides,
      Consumer<Service> progress) {
    return new DistributedPlatform(stores, data, port, secrets, overrides, progress);
  }

  private static Process spawn(Settings settings, Path data) throws IOException {
    Path log =
        Files.createDirectories(data.resolve("logs")).resolve(settings.service().label() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx" + heap(settings.service()),
            "-XX:NewRatio=1",
            "-Xss512k",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tenure.standalone.Tenure",
            "serve",
            settings.service().label());
    builder.environment().putAll(settings.asEnvironment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }

  /** The collector holds the batches it delivers. */
  private static String heap(Service service) {
    return service == Service.COLLECTOR ? "512m" : "192m";
  }

  @Override
  public URI gateway() {
    return gateway;
  }

  @Override
  public URI collector() {
    return collector;
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroy();
    }
    for (Process process : processes) {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
