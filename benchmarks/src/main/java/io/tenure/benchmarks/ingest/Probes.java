package io.tenure.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Single events sent beside the load, each timed from its sending until a query finds it. The log
 * keeps their order, so finding a later one finds all before it.
 */
final class Probes implements AutoCloseable {

  /** The name of the events. */
  static final String NAME = "BenchmarkProbe";

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI door;
  private final Credential credential;
  private final EventTable table;
  private final List<Long> sent = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private long before;

  Probes(URI door, Credential credential, EventTable table) {
    this.door = door;
    this.credential = credential;
    this.table = table;
  }

  /**
   * Probes for a while, and then until the last one is found; the delays in nanoseconds, sorted.
   */
  long[] run(Duration duration) throws InterruptedException {
    before = table.lastProbe();
    long start = System.nanoTime();
    Thread looking = Thread.ofPlatform().start(() -> look(start + duration.toNanos()));
    while (System.nanoTime() - start < duration.toNanos()) {
      send();
      Thread.sleep(INTERVAL);
    }
    looking.join();
    return delays.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** How many were sent. */
  int count() {
    synchronized (sent) {
      return sent.size();
    }
  }

  private void look(long end) {
    while (System.nanoTime() < end || delays.size() < count()) {
      long found = table.lastProbe() - before;
      long now = System.nanoTime();
      synchronized (sent) {
        while (delays.size() < found && delays.size() < sent.size()) {
          delays.add(now - sent.get(delays.size()));
        }
      }
      if (now > end + PATIENCE.toNanos()) {
        return;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void send() throws InterruptedException {
    long now = System.currentTimeMillis();
    long start = System.nanoTime();
    long number = before + count() + 1;
    String record =
        """
        {"type":"track","event":"%s","distinct_id":"probe","time":%d,"_track_id":%d,"properties":{"probe":%d}}\
        """
            .formatted(NAME, now, number, number);
    String data = Base64.getUrlEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                door.resolve("/sa?project=" + credential.project() + credential.query()))
            .timeout(PATIENCE)
            .POST(
                BodyPublishers.ofString(
                    "data=" + data.replace('-', '+').replace('_', '/').replace("+", "%2B")));
    if (credential.key().isEmpty()) {
      request.header("Tenure-Project", credential.project());
    }
    try {
      int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
      if (status == 200) {
        synchronized (sent) {
          sent.add(start);
        }
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
