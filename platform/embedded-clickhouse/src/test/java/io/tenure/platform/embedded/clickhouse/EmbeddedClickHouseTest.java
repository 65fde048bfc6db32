package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Its life: opened, closed, opened again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EmbeddedClickHouseTest {

  @TempDir Path directory;

  @Test
  void dataSurvivesARestart() throws Exception {
    for (int start = 0; start < 4; start++) {
      try (EmbeddedClickHouse server =
              EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory));
          Client client = client(server)) {
        client
            .execute("CREATE TABLE IF NOT EXISTS kept (n UInt64) ENGINE = MergeTree ORDER BY n")
            .get();
        assertThat(client.queryAll("SELECT count() AS n FROM kept").getFirst().getLong("n"))
            .isEqualTo(start);
        client.execute("INSERT INTO kept VALUES (" + start + ")").get();
      }
    }
  }

  @Test
  void directoriesAreSeparate() throws Exception {
    try (EmbeddedClickHouse server =
            EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory.resolve("a")));
        Client client = client(server)) {
      client.execute("CREATE TABLE only_here (n UInt64) ENGINE = MergeTree ORDER BY n").get();
    }
    try (EmbeddedClickHouse server =
            EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory.resolve("b")));
        Client client = client(server)) {
      assertThat(client.queryAll("SHOW TABLES")).isEmpty();
    }
  }

  @Test
  void aSecondDirectoryAtTheSameTimeIsRefused() {
    try (EmbeddedClickHouse server =
        EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory.resolve("a")))) {
      assertThat(server.port()).isPositive();
      assertThatThrownBy(
              () -> EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory.resolve("b"))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingStopsWhatIsRunning() throws Exception {
    EmbeddedClickHouse server = EmbeddedClickHouse.start(EmbeddedClickHouseOptions.at(directory));
    try (Client client = client(server)) {
      CompletableFuture<?> endless =
          CompletableFuture.runAsync(
              () -> client.queryAll("SELECT sum(cityHash64(number)) FROM numbers(1000000000000)"));
      Thread.sleep(500);
      long start = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThatThrownBy(() -> endless.get(10, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
    }
    server.close();
  }

  @Test
  void anOpenAddressNeedsAPassword() {
    assertThatThrownBy(
            () ->
                EmbeddedClickHouse.start(
                    EmbeddedClickHouseOptions.at(directory).withHost("0.0.0.0")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("password");
  }

  @Test
  void anEngineThatIsNotThereIsNamedInTheMessage() {
    System.setProperty(EngineLocation.PROPERTY, directory.resolve("nowhere.so").toString());
    try {
      assertThatThrownBy(EngineLocation::find)
          .hasMessageContaining("nowhere.so")
          .hasMessageContaining(EngineLocation.PROPERTY);
    } finally {
      System.clearProperty(EngineLocation.PROPERTY);
    }
  }

  private static Client client(EmbeddedClickHouse server) {
    return new Client.Builder()
        .addEndpoint(server.url())
        .setUsername("default")
        .setPassword("")
        .setDefaultDatabase("default")
        .build();
  }
}
