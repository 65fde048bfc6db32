package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Files of a Sensors server SDK, imported into a running platform by the command. */
final class SensorsLogTest {

  private static final int COUNT = 1_100;

  /** How many events the client of the SDK tracks. */
  private static final int TRANSFERS = 20;

  @TempDir private Path folder;
  private final TestPlatform platform = TestPlatform.running();

  @Test
  void importsAFileOnceHoweverOftenItIsImported() throws Exception {
    long time = Instant.now().toEpochMilli();
    String lines =
        IntStream.range(0, COUNT)
            .mapToObj(
                i ->
                    "{\"type\":\"track\",\"event\":\"LogTransfer\",\"distinct_id\":\"log-user\",\"_track_id\":%d,\"time\":%d,\"lib\":{\"$lib\":\"Java\",\"$lib_version\":\"3.4.0\"},\"properties\":{\"$is_login_id\":true,\"index\":%d}}"
                        .formatted(i, time - COUNT + i, i))
            .collect(Collectors.joining("\n", "", "\n{\"type\":\"track\",\"cut\n"));
    Path file = Files.writeString(folder.resolve("events.2026-06-01"), lines);
    JsonNode before = ledger();

    assertThat(importing(file)).as("one line is bad").isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> grown(before, "stored") == COUNT && ledger().path("waiting").longValue() == 0);
    assertThat(grown(before, "accepted")).isEqualTo(COUNT);
    assertThat(grown(before, "duplicate")).isZero();
    assertThat(grown(before, "quarantined")).isEqualTo(1);

    assertThat(importing(file)).isEqualTo(1);
    assertThat(grown(before, "accepted")).isEqualTo(COUNT);
    assertThat(grown(before, "duplicate")).isEqualTo(COUNT + 1);
    assertThat(grown(before, "quarantined")).isEqualTo(1);
  }

  @Test
  void importsWhatTheJavaSdkWroteOnceHoweverOftenItIsImported() throws Exception {
    StoredRecords stored = new StoredRecords(platform.api());
    JsonNode before = ledger();
    PublishedClients.java(
        "SensorsClient", "log", folder.resolve("written").toString(), "java-logged");
    List<Path> files = written();
    long records = 0;
    for (Path file : files) {
      records += Files.readAllLines(file).size();
    }
    assertThat(records).isEqualTo(TRANSFERS + 4);

    for (Path file : files) {
      assertThat(importing(file)).isZero();
    }
    List<JsonNode> first = stored.events("java-logged", "JavaTransfer", TRANSFERS);
    for (Path file : files) {
      assertThat(importing(file)).isZero();
    }

    await().atMost(Duration.ofSeconds(60)).until(() -> ledger().path("waiting").longValue() == 0);
    assertThat(grown(before, "accepted")).isEqualTo(records);
    assertThat(grown(before, "duplicate")).isEqualTo(records);
    assertThat(grown(before, "quarantined")).isZero();
    List<JsonNode> events = stored.eventsNow("java-logged", "JavaTransfer");
    assertThat(events).isEqualTo(first);
    assertThat(StoredRecords.indexes(events))
        .containsExactlyInAnyOrderElementsOf(StoredRecords.upTo(TRANSFERS));
    assertThat(events.getFirst().path("properties").path("note").stringValue())
        .isEqualTo("工资 payday");
    assertThat(stored.eventsNow("java-logged", "$SignUp")).hasSize(1);
    JsonNode traits = stored.profile("java-logged").path("traits");
    assertThat(traits.path("logins").intValue()).as("added up once").isEqualTo(7);
    assertThat(traits.path("city").stringValue()).isEqualTo("上海");
  }

  /** One file, or two when it was midnight just now. */
  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("written"))
          .sorted()
          .toList();
    }
  }

  private int importing(Path file) {
    return new CommandLine(new ImportCommand())
        .execute(
            "--gateway",
            platform.installation().gateway().toString(),
            "--write-key",
            platform.writeKey(),
            "--sensors-log",
            file.toString());
  }

  private JsonNode ledger() {
    return platform.api().get("/api/v1/ledger").path("ledger");
  }

  private long grown(JsonNode before, String count) {
    return ledger().path(count).longValue() - before.path(count).longValue();
  }
}
