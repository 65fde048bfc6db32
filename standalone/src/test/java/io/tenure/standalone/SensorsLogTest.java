package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Files of a Sensors server SDK, imported into a running platform by the command. */
final class SensorsLogTest {

  private static final int COUNT = 1_100;

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
