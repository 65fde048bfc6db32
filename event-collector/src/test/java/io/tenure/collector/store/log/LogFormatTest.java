package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which directories a version opens. */
final class LogFormatTest {

  @TempDir private Path directory;

  @Test
  void marksANewDirectoryAndOpensItAgain() throws IOException {
    try (RocksEventLog log = open()) {
      log.append(submission(BANK, event(BANK, "1")));
    }
    assertThat(directory.resolve("FORMAT")).hasContent("2");

    try (RocksEventLog log = open()) {
      assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
    }
  }

  @Test
  void takesADirectoryWithoutANumberForTheFirstForm() throws IOException {
    try (RocksEventLog log = open()) {
      log.append(submission(BANK, event(BANK, "1")));
    }
    Files.delete(directory.resolve("FORMAT"));

    try (RocksEventLog log = open()) {
      assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
    }
    assertThat(directory.resolve("FORMAT")).hasContent("2");
  }

  @Test
  void opensTheFirstFormAndKeepsOlderVersionsAwayFromThenOn() throws IOException {
    try (RocksEventLog log = open()) {
      log.append(submission(BANK, event(BANK, "1")));
    }
    Files.writeString(directory.resolve("FORMAT"), "1\n");

    try (RocksEventLog log = open()) {
      assertThat(log.append(submission(BANK, event(BANK, "1"))).duplicate()).isEqualTo(1);
    }
    assertThat(directory.resolve("FORMAT")).hasContent("2");
  }

  @ParameterizedTest
  @CsvSource({"3, format 3", "0, format 0", "half a num, format unknown", "'', format unknown"})
  void refusesAFormItDoesNotKnowAndLeavesItAlone(String number, String said) throws IOException {
    open().close();
    Files.writeString(directory.resolve("FORMAT"), number);

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(said)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("tenure.collector.data-directory");
    assertThatThrownBy(this::kafka)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(said);
    assertThat(directory.resolve("FORMAT")).hasContent(number);
  }

  private RocksEventLog open() {
    return new RocksEventLog(
        new RocksEventLog.Settings(directory, Duration.ofDays(7), 0, 16, Duration.ofSeconds(60)),
        new MutableClock(NOON));
  }

  private KafkaEventLog kafka() {
    return new KafkaEventLog(
        new KafkaEventLog.Settings(
            "127.0.0.1:1",
            "log",
            0,
            1,
            (short) 1,
            Map.of(),
            directory,
            Duration.ofDays(7),
            0,
            16,
            Duration.ofSeconds(60)),
        new MutableClock(NOON));
  }
}
