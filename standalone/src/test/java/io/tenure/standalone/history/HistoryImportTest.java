package io.tenure.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.history.ImportSummary.FileSummary;
import io.tenure.standalone.ingest.TestGateway;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class HistoryImportTest {

  private static final int ROWS = 3_500;

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void writeFiles() throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        files:
          - name: payments
            match: "payments*"
            user: "u{user}"
            time: {from: "{when}"}
            event: Paid
            properties:
              amount: {from: "{amount}", type: number}
        """);
  }

  @Test
  void importsPackedCsv() throws Exception {
    writePacked("payments.csv.gz", csv(ROWS));
    try (TestGateway gateway = new TestGateway()) {
      ImportSummary summary = run(gateway, file -> {});

      assertThat(summary.events()).isEqualTo(ROWS);
      assertThat(ids(gateway)).hasSize(ROWS).doesNotHaveDuplicates();
      assertThat(gateway.segment().getFirst().get("timestamp").stringValue())
          .isEqualTo("2025-03-01T10:00:00Z");
    }
  }

  @Test
  void importsNdjson() throws Exception {
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        format: {kind: ndjson}
        files:
          - name: payments
            match: "*.ndjson"
            user: "{who.id}"
            time: {from: "{at}", pattern: epoch-millis}
            event: "{name}"
            properties: {amount: {from: "{amount}", type: number}}
        """);
    Files.writeString(
        data.resolve("a.ndjson"),
        """
        {"who":{"id":"u1"},"at":1740823200000,"name":"Paid","amount":1e2}

        {"who":{"id":"u2"},"at":1740823200000,"name":"Paid","amount":null}
        not json
        """);
    try (TestGateway gateway = new TestGateway()) {
      ImportSummary summary = run(gateway, file -> {});

      assertThat(summary.files())
          .containsExactly(new FileSummary("payments", "a.ndjson", 3, 0, 0, 1, 2, 0));
      JsonNode first = gateway.segment().getFirst();
      assertThat(first.get("userId").stringValue()).isEqualTo("u1");
      assertThat(first.get("properties").get("amount").intValue()).isEqualTo(100);
      assertThat(gateway.segment().getLast().get("properties")).isEmpty();
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    Files.writeString(data.resolve("payments.csv"), csv(ROWS));
    try (TestGateway gateway = new TestGateway()) {
      AtomicInteger saves = new AtomicInteger();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  run(
                      gateway,
                      file -> {
                        if (saves.incrementAndGet() == 2) {
                          throw new IllegalStateException("power cut");
                        }
                      }));
      int before = gateway.segment().size();
      assertThat(before).isBetween(1, ROWS - 1);

      ImportSummary summary = run(gateway, file -> {});

      assertThat(summary.files().getFirst().resumed()).isEqualTo(before);
      assertThat(summary.events()).isEqualTo(ROWS - before);
      assertThat(ids(gateway)).hasSize(ROWS).doesNotHaveDuplicates();
      assertThat(run(gateway, file -> {}).events()).isZero();
    }
  }

  @Test
  void repeatsWithTheSameIds() throws Exception {
    Files.writeString(data.resolve("payments.csv"), csv(20));
    try (TestGateway gateway = new TestGateway()) {
      run(gateway, file -> {});
      Files.delete(folder.resolve("state/import-progress.json"));
      run(gateway, file -> {});

      assertThat(gateway.segment()).hasSize(40);
      assertThat(ids(gateway).stream().distinct()).hasSize(20);
    }
  }

  @Test
  void listsRejectedRows() throws Exception {
    Files.writeString(
        data.resolve("payments.csv"),
        "user,when,amount\n1,2025-03-01T10:00:00Z,5\n2,soon,5\n3,2025-03-01,x\n4,2025-03-01\n");
    try (TestGateway gateway = new TestGateway()) {
      ImportSummary summary = run(gateway, file -> {});

      assertThat(summary.rejected()).isEqualTo(3);
      assertThat(Files.readAllLines(summary.rejects()))
          .hasSize(3)
          .first()
          .asString()
          .contains("\"line\":3", "'soon' is no time");
    }
  }

  @Test
  void keepsTheProgressWhenTheKeyIsWrong() throws Exception {
    Files.writeString(data.resolve("payments.csv"), csv(10));
    try (TestGateway gateway = new TestGateway()) {
      ImportRequest request =
          new ImportRequest(
              folder.resolve("mapping.yaml"),
              List.of(data),
              gateway.address(),
              "wrong",
              folder.resolve("state"));

      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> HistoryImport.run(request, file -> {}))
          .withMessageContaining("401");
      assertThat(folder.resolve("state/import-progress.json")).doesNotExist();
    }
  }

  private ImportSummary run(TestGateway gateway, ProgressListener listener) {
    return HistoryImport.run(
        new ImportRequest(
            folder.resolve("mapping.yaml"),
            List.of(data),
            gateway.address(),
            TestGateway.KEY,
            folder.resolve("state")),
        listener);
  }

  private static List<String> ids(TestGateway gateway) {
    return gateway.segment().stream().map(record -> record.get("messageId").stringValue()).toList();
  }

  private static String csv(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row -> row % 50 + ",2025-03-01T10:00:00Z," + row + ".50\n")
        .collect(Collectors.joining("", "user,when,amount\n", ""));
  }

  private void writePacked(String name, String text) throws Exception {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(data.resolve(name)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
