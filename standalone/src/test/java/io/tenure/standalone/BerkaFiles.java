package io.tenure.standalone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenure.standalone.history.HistoryImport;
import io.tenure.standalone.history.ImportRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/**
 * The files of the Berka bank: loaded as the documentation does, and read plainly, without anything
 * of the platform, to recount what it says.
 *
 * @param directory where they are
 */
record BerkaFiles(Path directory) {

  /** A credit or debit; columns as in the data's description. */
  record Transaction(
      String account,
      LocalDate date,
      String type,
      String operation,
      BigDecimal amount,
      String purpose) {}

  /** The files where they are present; a test that asks is skipped where they are not. */
  static BerkaFiles present() {
    String named = System.getProperty("tenure.data", System.getenv("TENURE_DATA"));
    Path root = named == null ? Path.of("../../shared/data") : Path.of(named);
    Path directory = root.resolve("berka-1993-94");
    assumeTrue(
        Files.isDirectory(directory),
        "NOT RUN: no Berka files in " + directory + "; set TENURE_DATA");
    return new BerkaFiles(directory);
  }

  /**
   * Sends everything to a project.
   *
   * @param state where the import keeps what it has done
   */
  void load(TestPlatform platform, String writeKey, Path state) {
    HistoryImport.run(
        new ImportRequest(
            Path.of(System.getProperty("tenure.home"), "docs/examples/berka/mapping.yaml"),
            List.of(directory),
            platform.installation().gateway(),
            writeKey,
            state),
        _ -> {});
  }

  /** The ledger, once everything received is stored. */
  static JsonNode drained(Api api, long received) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode ledger = api.get("/api/v1/ledger").path("ledger");
              return ledger.path("received").longValue() == received
                  && ledger.path("waiting").longValue() == 0;
            });
    return api.get("/api/v1/ledger").path("ledger");
  }

  List<Transaction> transactions() throws IOException {
    return rows("trans.asc.gz").stream()
        .map(
            columns ->
                new Transaction(
                    columns[1],
                    date(columns[2]),
                    columns[3],
                    columns[4],
                    new BigDecimal(columns[5]),
                    columns[7]))
        .toList();
  }

  /** The day each account was opened on. */
  Map<String, LocalDate> accounts() throws IOException {
    return rows("account.asc.gz").stream()
        .collect(Collectors.toMap(columns -> columns[0], columns -> date(columns[3])));
  }

  private List<String[]> rows(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(directory.resolve(file))),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.replace("\"", "").split(";", -1)).toList();
    }
  }

  private static LocalDate date(String yymmdd) {
    return LocalDate.of(
        1900 + Integer.parseInt(yymmdd.substring(0, 2)),
        Integer.parseInt(yymmdd.substring(2, 4)),
        Integer.parseInt(yymmdd.substring(4)));
  }
}
