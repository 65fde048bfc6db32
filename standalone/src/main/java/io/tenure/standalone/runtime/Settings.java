package io.tenure.standalone.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of one service on this machine. The keys are those a Helm deployment sets by
 * environment; only addresses differ between the forms.
 */
record Settings(Service service, Map<String, String> values) {

  /** What all services share. */
  static Map<String, String> common(Stores stores) {
    Map<String, String> values = new TreeMap<>();
    values.put("tenure.clickhouse.url", stores.clickHouseUrl());
    values.put("tenure.clickhouse.username", stores.clickHouseUsername());
    values.put("tenure.clickhouse.password", stores.clickHousePassword());
    values.put("tenure.clickhouse.database", stores.clickHouseDatabase());
    values.put("tenure.redis.url", stores.redisUrl());
    values.put("spring.grpc.server.address", "127.0.0.1");
    values.put("server.address", "127.0.0.1");
    return values;
  }

  /**
   * What one service has of its own, however it runs.
   *
   * @param port of the gateway
   * @param collector where the gateway finds it
   */
  static Map<String, String> own(
      Service service, Path data, Secrets secrets, int port, URI collector) {
    return switch (service) {
      case PROFILE -> profile(data);
      case ALERT -> Map.of("tenure.alert.secret-key", secrets.sealKey());
      case COLLECTOR -> collector(data, secrets);
      case GATEWAY -> gateway(port, collector, secrets);
      case SEGMENT, EXPERIMENT -> Map.of();
    };
  }

  private static Map<String, String> profile(Path data) {
    Map<String, String> values = new TreeMap<>(KeyFile.in(data).settings());
    values.putAll(new DataDirectory(data).profileSettings());
    return values;
  }

  private static Map<String, String> collector(Path data, Secrets secrets) {
    return Map.of(
        "tenure.collector.data-directory", data.resolve("log").toString(),
        "tenure.collector.secret-key", secrets.sealKey());
  }

  private static Map<String, String> gateway(int port, URI collector, Secrets secrets) {
    return Map.of(
        "server.port", Integer.toString(port),
        "tenure.collector.url", collector.toString(),
        "tenure.gateway.bootstrap.username", secrets.username(),
        "tenure.gateway.bootstrap.password", secrets.password(),
        "tenure.gateway.bootstrap.project", secrets.project(),
        "tenure.gateway.bootstrap.write-key", secrets.writeKey(),
        "tenure.gateway.bootstrap.secret-key", secrets.secretKey());
  }

  /** As arguments of a Spring application. */
  String[] asArguments() {
    return values.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }

  /**
   * As environment variables, by Spring Boot's rule: upper case, dots to underscores, dashes
   * dropped.
   */
  Map<String, String> asEnvironment() {
    Map<String, String> environment = new TreeMap<>();
    values.forEach(
        (key, value) ->
            environment.put(
                key.toUpperCase(java.util.Locale.ROOT).replace("-", "").replace('.', '_'), value));
    return environment;
  }
}
