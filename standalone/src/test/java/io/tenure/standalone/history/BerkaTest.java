package io.tenure.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenure.standalone.history.ImportSummary.FileSummary;
import io.tenure.standalone.ingest.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example of the documentation, on the real files where they are present. */
final class BerkaTest {

  @TempDir private Path folder;

  @Test
  void importsTheCountsOfTheDocumentation() {
    Path data = data();
    assumeTrue(Files.isDirectory(data), "No Berka files in " + data + "; set TENURE_DATA");
    try (TestGateway gateway = new TestGateway()) {
      ImportSummary summary =
          HistoryImport.run(
              new ImportRequest(
                  Path.of("../docs/examples/berka/mapping.yaml"),
                  List.of(data),
                  gateway.address(),
                  TestGateway.KEY,
                  folder),
              file -> {});

      assertThat(summary.files())
          .containsExactly(
              new FileSummary("accounts", "account.asc.gz", 4_500, 0, 0, 0, 4_500, 4_500),
              new FileSummary("transactions", "trans.asc.gz", 49_102, 0, 0, 0, 49_102, 0),
              new FileSummary("standing-orders", "order.asc.gz", 6_471, 0, 5_321, 0, 1_150, 0),
              new FileSummary("loans", "loan.asc.gz", 682, 0, 0, 0, 682, 0),
              new FileSummary("cards", "card.asc.gz", 892, 0, 0, 0, 892, 0));
      assertThat(eventsByName(gateway))
          .containsEntry("Deposit", 9_759L)
          .containsEntry("Interest", 9_463L)
          .containsEntry("TransferIn", 3_772L)
          .containsEntry("Transfer", 6_343L)
          .containsEntry("Withdrawal", 14_244L)
          .containsEntry("Fee", 5_445L)
          .containsEntry("PenaltyInterest", 64L)
          .containsEntry("CardPayment", 12L);
      assertThat(gateway.segment().stream().map(record -> record.get("messageId")).distinct())
          .hasSize(60_826);
    }
  }

  private static Map<String, Long> eventsByName(TestGateway gateway) {
    return gateway.segment().stream()
        .filter(record -> record.has("event"))
        .map((JsonNode record) -> record.get("event").stringValue())
        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
  }

  private static Path data() {
    String named = System.getProperty("tenure.data", System.getenv("TENURE_DATA"));
    Path root = named == null ? Path.of("../../shared/data") : Path.of(named);
    return root.resolve("berka-1993-94");
  }
}
