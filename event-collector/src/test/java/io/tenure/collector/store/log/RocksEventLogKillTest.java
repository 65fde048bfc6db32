package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksEventLogKillTest {

  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 500;

  @TempDir private Path directory;

  @Test
  void keepsEveryAcknowledgedRecordOnceThroughKills() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(appendUntilKilled(1_000_000L * round));
    }

    try (EventLog log =
        new RocksEventLog(
            new RocksEventLog.Settings(
                directory, Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30)),
            Clock.systemUTC())) {
      Batch batch =
          log.next(Reader.EVENTS, new BatchLimit(Integer.MAX_VALUE, Long.MAX_VALUE)).orElseThrow();
      List<String> found =
          batch.entries().stream()
              .map(entry -> ((LogRecord.Event) entry.record()).source().eventId().value())
              .toList();
      assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * (ACKNOWLEDGED_BEFORE_KILL - 2));
      assertThat(found).containsAll(acknowledged).doesNotHaveDuplicates();
      assertThat(log.counts(BANK).accepted()).isEqualTo(found.size());
    }
  }

  private List<String> appendUntilKilled(long firstId) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                directory.toString(),
                Long.toString(firstId))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
          writer.destroyForcibly();
        }
      }
    } catch (IOException closedByTheKill) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor()).isNotZero();
    // The kill may have cut the last line short.
    return acknowledged.isEmpty() ? acknowledged : acknowledged.subList(0, acknowledged.size() - 1);
  }
}
