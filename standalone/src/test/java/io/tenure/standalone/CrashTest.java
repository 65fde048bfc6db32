package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills the whole platform in the middle of a load and starts it again: nothing answered is lost,
 * nothing is stored twice.
 */
final class CrashTest {

  private static final int EVENTS = 10_000;
  private static final int BATCH = 20;

  @TempDir private Path data;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<List<String>> unsent = new ConcurrentLinkedQueue<>();
  private @Nullable Process platform;
  private URI gateway = URI.create("http://127.0.0.1:1");

  @AfterEach
  void stop() throws Exception {
    process().destroy();
    if (!process().waitFor(60, TimeUnit.SECONDS)) {
      process().destroyForcibly();
    }
  }

  @Test
  void storesEveryAnsweredEventOnceAfterKillNine() throws Exception {
    start();
    Secrets secrets = Secrets.in(data, "default", new GatewayKeyTexts());
    for (int first = 0; first < EVENTS; first += BATCH) {
      List<String> batch = new ArrayList<>();
      for (int index = first; index < first + BATCH; index++) {
        batch.add("crash-" + index);
      }
      unsent.add(batch);
    }

    Thread killer = Thread.startVirtualThread(this::killAfterAThird);
    load(secrets.writeKey());
    killer.join();
    process().waitFor();
    int answeredBeforeTheCrash = acknowledged.size();
    start();
    awaitHealthy(secrets);
    assertThat(stored(secrets).keySet()).containsAll(acknowledged);
    load(secrets.writeKey());

    Map<String, Integer> stored = stored(secrets);
    assertThat(answeredBeforeTheCrash).isBetween(EVENTS / 3, EVENTS - 1);
    assertThat(acknowledged).hasSize(EVENTS);
    assertThat(stored).hasSize(EVENTS);
    assertThat(stored.values()).containsOnly(1);
  }

  private void killAfterAThird() {
    while (acknowledged.size() < EVENTS / 3) {
      LockSupport.parkNanos(1_000_000);
    }
    process().destroyForcibly();
  }

  /**
   * Sends what is unsent in parallel until all is answered or the platform dies; a batch without an
   * answer is sent again later.
   */
  private void load(String writeKey) {
    AtomicBoolean failed = new AtomicBoolean();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 8; client++) {
        clients.submit(
            () -> {
              List<String> batch;
              while (!failed.get() && (batch = unsent.poll()) != null) {
                if (!send(writeKey, batch)) {
                  unsent.add(batch);
                  failed.set(true);
                }
              }
            });
      }
    }
  }

  private Process process() {
    return Objects.requireNonNull(platform);
  }

  private boolean send(String writeKey, List<String> ids) {
    StringBuilder body = new StringBuilder("{\"batch\":[");
    for (String id : ids) {
      body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
          .append("{\"type\":\"track\",\"messageId\":\"")
          .append(id)
          .append("\",\"userId\":\"user-")
          .append(id.hashCode() & 63)
          .append(
              "\",\"event\":\"Load\",\"timestamp\":\"2026-10-01T00:00:00.000Z\",\"properties\":{\"n\":1}}");
    }
    body.append("]}");
    String basic =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(gateway.resolve("/v1/batch"))
                      .timeout(Duration.ofSeconds(20))
                      .header("Authorization", "Basic " + basic)
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(body.toString()))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status == 200) {
        acknowledged.addAll(ids);
        return true;
      }
      return false;
    } catch (IOException exception) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stored events by id with how often each is there, after the relay has caught up. */
  private Map<String, Integer> stored(Secrets secrets) {
    try (Api api = new Api(gateway, secrets.secretKey())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(Api.ApiException.class)
          .until(() -> api.get("/api/v1/ledger").path("ledger").path("waiting").longValue() == 0);
      Map<String, Integer> found = new TreeMap<>();
      String token = "";
      do {
        JsonNode page = api.get("/api/v1/events?name=Load&page_size=1000&page_token=" + token);
        page.path("events")
            .forEach(event -> found.merge(event.path("event_id").stringValue(), 1, Integer::sum));
        token = page.path("next_page_token").stringValue("");
      } while (!token.isEmpty());
      return found;
    }
  }

  private void awaitHealthy(Secrets secrets) {
    try (Api api = new Api(gateway, secrets.secretKey())) {
      await().atMost(Duration.ofMinutes(2)).until(api::healthy);
    }
  }

  private void start() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    gateway = URI.create("http://127.0.0.1:" + port);
    platform =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dtenure.home=" + System.getProperty("tenure.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tenure.standalone.Tenure",
                "start",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling(data.getFileName() + ".out").toFile())
            .start();
    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(this::answers);
  }

  private boolean answers() throws InterruptedException {
    assertThat(process().isAlive()).isTrue();
    try {
      String body =
          http.send(
                  HttpRequest.newBuilder(gateway.resolve("/api/v1/health")).build(),
                  BodyHandlers.ofString())
              .body();
      return Json.read(body).path("healthy").booleanValue(false);
    } catch (IOException | tools.jackson.core.JacksonException notYet) {
      return false;
    }
  }
}
