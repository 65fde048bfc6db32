package io.tenure.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** What of the events can be queried. */
final class EventTable implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PlatformProcess.Doors doors;

  EventTable(PlatformProcess.Doors doors) {
    this.doors = doors;
  }

  /** Rows in the table's files: what a query would read. */
  long rows() {
    return number(
        "SELECT sum(rows) FROM system.parts WHERE active AND table = 'events' AND database = '"
            + doors.clickHouseDatabase()
            + "'");
  }

  /** The highest number among the probes that a query finds. */
  long lastProbe() {
    return number(
        "SELECT max(toUInt64OrZero(properties['probe'])) FROM "
            + doors.clickHouseDatabase()
            + ".events_v1 WHERE project_id = '"
            + doors.project()
            + "' AND name = '"
            + Probes.NAME
            + "'");
  }

  /** Waits until there are so many rows, at most so long; the seconds it took. */
  double await(long rows, Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    while (rows() < rows && System.nanoTime() - start < patience.toNanos()) {
      Thread.sleep(POLL);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private long number(String sql) {
    String credential = doors.clickHouseUser() + ":" + doors.clickHousePassword();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(doors.clickHouse()))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credential.getBytes(StandardCharsets.UTF_8)))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
      return Long.parseLong(response.body().strip());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
