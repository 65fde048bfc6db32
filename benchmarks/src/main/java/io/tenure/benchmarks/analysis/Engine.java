package io.tenure.benchmarks.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The engine's own door, without anything of the platform in between. */
final class Engine implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StoresProcess.Doors doors;

  Engine(StoresProcess.Doors doors) {
    this.doors = doors;
  }

  /** What the engine has done since it was started. */
  record Counters(long rows, long bytes) {

    Counters since(Counters before) {
      return new Counters(rows - before.rows, bytes - before.bytes);
    }
  }

  /** Thrown when the engine refuses a statement. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String text) {
      super(text);
    }
  }

  /** Runs a statement; rows are tab-separated lines. */
  List<String> ask(String sql) {
    return send("", BodyPublishers.ofString(sql)).lines().toList();
  }

  /** The only number of the only row. */
  long number(String sql) {
    return Long.parseLong(ask(sql).getFirst());
  }

  /** Inserts tab-separated rows. */
  void insert(String table, String rows) {
    String statement = "INSERT INTO " + table + " FORMAT TabSeparated";
    send(
        "&query=" + URLEncoder.encode(statement, StandardCharsets.UTF_8),
        BodyPublishers.ofString(rows));
  }

  Counters counters() {
    List<String> values =
        ask(
            "SELECT event, value FROM system.events WHERE event IN ('SelectedRows',"
                + " 'SelectedBytes') ORDER BY event");
    return values.size() < 2
        ? new Counters(0, 0)
        : new Counters(value(values.get(1)), value(values.get(0)));
  }

  private static long value(String line) {
    return Long.parseLong(line.substring(line.indexOf('\t') + 1));
  }

  private String send(String parameters, BodyPublisher body) {
    String credential = doors.clickHouseUser() + ":" + doors.clickHousePassword();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(doors.clickHouse() + "/?database=" + doors.database() + parameters))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credential.getBytes(StandardCharsets.UTF_8)))
            .timeout(PATIENCE)
            .POST(body)
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new Refused(response.body().strip());
      }
      return response.body();
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
