package io.tenure.benchmarks.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.List;

/** A table of units in the real ClickHouse, as somebody's warehouse would have it. */
final class Warehouse implements AutoCloseable {

  /** Beginnings of units; the number follows. */
  private static final List<String> FORMS = List.of("customer-", "用户-", "😀", "账户/🏦/");

  private static final String TABLE = "bench_units";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ServingProcess.Doors doors;

  Warehouse(ServingProcess.Doors doors) {
    this.doors = doors;
  }

  /** The unit of a number, as the table has it. */
  static String unit(int number) {
    return FORMS.get(number % FORMS.size()) + number;
  }

  /** Makes the table with so many units. */
  void fill(int units) {
    ask("DROP TABLE IF EXISTS " + TABLE);
    ask(
        "CREATE TABLE "
            + TABLE
            + " (number UInt64, unit String) ENGINE = MergeTree ORDER BY number");
    ask(
        "INSERT INTO "
            + TABLE
            + " SELECT number, concat(['"
            + String.join("', '", FORMS)
            + "'][number % "
            + FORMS.size()
            + " + 1], toString(number)) FROM numbers("
            + units
            + ")");
  }

  /** Rows of {@code unit, variant, reason} of the numbers from one up to another, in order. */
  List<String[]> assigned(String variant, String reason, int from, int to) {
    return ask(
            "SELECT unit, "
                + variant
                + ", "
                + reason
                + " FROM "
                + TABLE
                + " WHERE number >= "
                + from
                + " AND number < "
                + to
                + " ORDER BY number FORMAT TSVRaw")
        .stream()
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /** Counts the units of each variant, which reads and assigns all of them. */
  List<String> counts(String variant) {
    return ask(
        "SELECT "
            + variant
            + " AS variant, count() FROM "
            + TABLE
            + " GROUP BY variant ORDER BY"
            + " variant FORMAT TSVRaw");
  }

  private List<String> ask(String sql) {
    String credential = doors.clickHouseUser() + ":" + doors.clickHousePassword();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(doors.clickHouse() + "/?database=" + doors.clickHouseDatabase()))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credential.getBytes(StandardCharsets.UTF_8)))
            .timeout(Duration.ofMinutes(10))
            .POST(BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        List<String> answer = lines.lines().toList();
        if (response.statusCode() != 200) {
          throw new IllegalStateException(String.join("\n", answer));
        }
        return answer;
      }
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
