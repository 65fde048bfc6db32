package io.tenure.standalone;

import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
