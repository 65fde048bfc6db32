package io.tenure.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.ingest.IngestDoor;
import io.tenure.standalone.ingest.TestGateway;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensorsLogImportTest {

  @TempDir private Path folder;

  @Test
  void sendsEveryLineInOrder() throws Exception {
    Path file = write("events.2026-06-01", lines(1_203));
    try (TestGateway gateway = new TestGateway()) {
      SensorsLogImport.Tally tally = run(gateway, file);

      assertThat(tally.lines()).isEqualTo(1_203);
      assertThat(tally.acknowledged()).isEqualTo(1_203);
      assertThat(tally.bad()).isZero();
      assertThat(gateway.sensors().stream().map(record -> record.get("n").intValue()))
          .containsExactlyElementsOf(IntStream.range(0, 1_203).boxed().toList());
    }
  }

  @Test
  void sendsPackedFilesToo() throws Exception {
    Path file = folder.resolve("events.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(lines(700).getBytes(StandardCharsets.UTF_8));
    }
    try (TestGateway gateway = new TestGateway()) {
      assertThat(run(gateway, file).acknowledged()).isEqualTo(700);
      assertThat(gateway.sensors()).hasSize(700);
    }
  }

  @Test
  void goesOnAfterABadLine() throws Exception {
    Path file =
        write(
            "events.log",
            "{\"n\":0}\r\n\n{\"n\":1\n7\n{\"n\":2} {\"n\":3}\n{\"n\":\""
                + "x".repeat(2 << 20)
                + "\"}\n{\"n\":4}\n{\"n\":5}");
    try (TestGateway gateway = new TestGateway()) {
      SensorsLogImport.Tally tally = run(gateway, file);

      assertThat(tally.lines()).isEqualTo(7);
      assertThat(tally.acknowledged()).isEqualTo(3);
      assertThat(tally.bad()).isEqualTo(4);
      assertThat(tally.listed())
          .containsExactly(
              "line 3: it is not valid JSON",
              "line 4: it is not a JSON object",
              "line 5: it goes on after its JSON object",
              "line 6: it has more than 1048576 bytes and is not sent");
    }
  }

  /** What only the door finds unreadable costs its own line, not its batch. */
  @Test
  void findsTheLineThatSpoilsABatch() throws Exception {
    Path file = write("events.log", lines(4));
    try (TestGateway gateway = new TestGateway()) {
      gateway.answerFirst(400, 400, 400);
      SensorsLogImport.Tally tally = run(gateway, file);

      assertThat(tally.listed()).containsExactly("line 1: the collector can't read it");
      assertThat(tally.acknowledged()).isEqualTo(3);
      assertThat(gateway.sensors().stream().map(record -> record.get("n").intValue()))
          .containsExactly(1, 2, 3);
    }
  }

  @Test
  void triesAgainWhenTheDoorIsBusy() throws Exception {
    Path file = write("events.log", lines(3));
    try (TestGateway gateway = new TestGateway()) {
      gateway.answerFirst(503, 503);

      assertThat(run(gateway, file).acknowledged()).isEqualTo(3);
      assertThat(gateway.sensors()).hasSize(3);
    }
  }

  @Test
  void stopsAtAWrongKeyAndAtAFileThatIsNotThere() throws Exception {
    Path file = write("events.log", lines(3));
    try (TestGateway gateway = new TestGateway();
        IngestDoor door = new IngestDoor(gateway.address(), "wrong", Duration.ofSeconds(5))) {
      SensorsLogImport logs = new SensorsLogImport(door, tally -> {});

      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> logs.run(file))
          .withMessageContaining("401");
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> logs.run(folder.resolve("nothing")))
          .withMessageContaining("can't be read");
    }
  }

  private static SensorsLogImport.Tally run(TestGateway gateway, Path file) {
    try (IngestDoor door =
        new IngestDoor(gateway.address(), TestGateway.KEY, Duration.ofSeconds(20))) {
      return new SensorsLogImport(door, tally -> {}).run(file);
    }
  }

  private Path write(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj("{\"n\":%d}"::formatted)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
