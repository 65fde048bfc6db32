package io.tenure.standalone.ingest;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/**
 * The gateway's ingest endpoints, seen from outside. A call returns when the records are safe: what
 * can pass by itself (an overload, a restart, a broken connection) is tried again with growing
 * pauses, as the SDKs do.
 */
public final class IngestDoor implements AutoCloseable {

  private static final Duration REQUEST_TIME = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final URI gateway;
  private final String writeKey;
  private final Duration patience;
  private final HttpClient http;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

  /**
   * A door.
   *
   * @param gateway base address, for example {@code http://127.0.0.1:8080}
   * @param writeKey opens the project
   * @param patience how long one request is tried before it counts as failed
   */
  public IngestDoor(URI gateway, String writeKey, Duration patience) {
    this.gateway = gateway;
    this.writeKey = writeKey;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /**
   * Sends records by Segment's batch protocol.
   *
   * @throws Failure when the gateway refuses them, or UNAVAILABLE when the patience ends
   */
  public void sendSegment(List<Map<String, Object>> records) {
    byte[] body = gzip(Json.write(Map.of("batch", records)));
    String credential =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    send(
        HttpRequest.newBuilder(gateway.resolve("/v1/batch"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .header("Authorization", "Basic " + credential),
        body);
  }

  /**
   * Sends records by the Sensors protocol.
   *
   * @param project name in the address; the key decides
   * @throws Failure when the gateway refuses them, or UNAVAILABLE when the patience ends
   */
  public void sendSensors(String project, List<Map<String, Object>> records) {
    String list = Base64.getEncoder().encodeToString(gzip(Json.write(records)));
    String form = "gzip=1&data_list=" + encode(list);
    String query = "?project=" + encode(project) + "&token=" + encode(writeKey);
    send(
        HttpRequest.newBuilder(gateway.resolve("/sa" + query))
            .header("Content-Type", "application/x-www-form-urlencoded"),
        form.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends records by the Sensors protocol, as they are.
   *
   * @param json a record or an array of them
   * @return false when the gateway can't read the body, or it is too large
   * @throws Failure when the gateway refuses the key, or UNAVAILABLE when the patience ends
   */
  public boolean sendSensorsJson(byte[] json) {
    String form = "gzip=1&data_list=" + encode(Base64.getEncoder().encodeToString(gzip(json)));
    Answer answer =
        answer(
            HttpRequest.newBuilder(gateway.resolve("/sa?token=" + encode(writeKey)))
                .header("Content-Type", "application/x-www-form-urlencoded"),
            form.getBytes(StandardCharsets.UTF_8));
    if (answer.status() == 400 || answer.status() == 413) {
      return false;
    }
    requireSuccess(answer);
    return true;
  }

  /** Requests answered with success. */
  public long requests() {
    return requests.get();
  }

  /** Attempts that had to be repeated. */
  public long retries() {
    return retries.get();
  }

  private void send(HttpRequest.Builder builder, byte[] body) {
    requireSuccess(answer(builder, body));
  }

  private void requireSuccess(Answer answer) {
    if (!answer.isSuccess()) {
      throw Failure.of(
          Reason.INVALID_ARGUMENT,
          "The gateway answered " + answer.status() + ": " + answer.text());
    }
    requests.incrementAndGet();
  }

  /** The answer that ends the attempts. */
  private Answer answer(HttpRequest.Builder builder, byte[] body) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 0; ; attempt++) {
      if (attempt > 0) {
        retries.incrementAndGet();
        builder.setHeader("X-Retry-Count", Integer.toString(attempt));
      }
      Answer answer = attempt(builder, body);
      if (answer.isSuccess() || !answer.mayPass()) {
        return answer;
      }
      if (System.nanoTime() + pause.toNanos() > deadline) {
        throw Failure.unavailable(
            "The gateway did not take the records: " + answer.text(), LONGEST_PAUSE);
      }
      sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private Answer attempt(HttpRequest.Builder builder, byte[] body) {
    HttpRequest request =
        builder.timeout(REQUEST_TIME).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException broken) {
      return new Answer(0, broken.getClass().getSimpleName());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "Sending was interrupted", interrupted);
    }
  }

  /** An answer; the status 0 stands for none. */
  private record Answer(int status, String text) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    boolean mayPass() {
      return status == 0 || status == 408 || status == 429 || status >= 500;
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "Sending was interrupted", interrupted);
    }
  }

  private static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
