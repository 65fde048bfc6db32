package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.runtime.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One platform in this process for all end-to-end tests; every test uses users, names and projects
 * of its own.
 */
final class TestPlatform {

  private static @Nullable TestPlatform instance;

  private final Installation installation;
  private final Api api;
  private final WebhookSink webhook = new WebhookSink();
  private final TraceSink traces = new TraceSink();
  private @Nullable DemoReport report;

  private TestPlatform() {
    try {
      Path data = Files.createTempDirectory("tenure-test");
      Logs.to(Path.of("target", "tenure.log"));
      Secrets secrets = Secrets.in(data, "default", new GatewayKeyTexts());
      installation =
          Installation.start(
              data,
              0,
              Installation.Form.ONE_PROCESS,
              secrets,
              Map.of(
                  "tenure.alert.allow-private-webhooks", "true",
                  "management.tracing.export.otlp.enabled", "true",
                  "management.opentelemetry.tracing.export.otlp.endpoint", traces.endpoint()),
              part -> {});
      api = new Api(installation.gateway(), secrets.secretKey());
      Readiness.await(installation);
      installation.closedByOwner();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(data)));
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static synchronized TestPlatform running() {
    TestPlatform running = instance;
    if (running == null) {
      running = new TestPlatform();
      instance = running;
    }
    return running;
  }

  Installation installation() {
    return installation;
  }

  Api api() {
    return api;
  }

  TraceSink traces() {
    return traces;
  }

  String writeKey() {
    return installation.secrets().writeKey();
  }

  String url(String path) {
    return installation.gateway().resolve(path).toString();
  }

  /**
   * A second project, made now.
   *
   * @param api reads it
   * @param writeKey a key of the first project that may write to this one too
   */
  record Branch(Api api, String writeKey) {}

  /** Makes a second project; only a signed-in administrator can grant a key two projects. */
  Branch branch(String project) {
    Secrets secrets = installation.secrets();
    JsonNode created =
        api.post("/api/v1/projects", Json.write(Map.of("id", project, "display_name", project)));
    try (Api person = new Api(installation.gateway(), session())) {
      assertThat(person.get("/api/v1/caller").path("project_id").asString())
          .isEqualTo(secrets.project());
      JsonNode key =
          person.post(
              "/api/v1/keys",
              Json.write(
                  Map.of(
                      "display_name", "both",
                      "kind", "KEY_KIND_WRITE",
                      "other_project_ids", List.of(project))));
      return new Branch(
          new Api(installation.gateway(), created.path("secret_key").asString()),
          key.path("key_text").asString());
    }
  }

  /** Signs the administrator in. */
  String session() {
    Secrets secrets = installation.secrets();
    return api.post(
            "/api/v1/sessions",
            Json.write(Map.of("username", secrets.username(), "password", secrets.password())))
        .path("session_token")
        .asString();
  }

  /** What a query of the event store answers, for what no API shows. */
  List<String> rows(String sql) {
    Stores stores = installation.stores();
    try (ClickHouse clickHouse =
        new ClickHouse(
            new ClickHouseProperties(
                stores.clickHouseUrl(),
                stores.clickHouseUsername(),
                stores.clickHousePassword(),
                stores.clickHouseDatabase(),
                Duration.ofSeconds(60),
                1),
            ObservationRegistry.NOOP)) {
      return clickHouse.query(sql, Map.of(), row -> row.getString(1));
    }
  }

  /** The demo bank's report; its data are loaded once. */
  synchronized DemoReport demo() {
    DemoReport found = report;
    if (found == null) {
      try {
        found =
            new Demo(installation, api, webhook, new Progress(new PrintWriter(Writer.nullWriter())))
                .run(Instant.now().truncatedTo(ChronoUnit.MINUTES));
        report = found;
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
    return found;
  }

  private void stop(Path data) {
    webhook.close();
    installation.close();
    traces.close();
    Directories.delete(data);
  }
}
