package io.tenure.platform.embedded.clickhouse;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the engine in this process. */
final class EmbeddedClickHouseContractTest extends ClickHouseContract {

  @TempDir static Path directory;
  private static EmbeddedClickHouse server;

  @BeforeAll
  static void start() {
    server =
        EmbeddedClickHouse.start(
            EmbeddedClickHouseOptions.at(directory).withCredentials("tenure", "s3cret: 密码"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  String url() {
    return server.url();
  }

  @Override
  String user() {
    return "tenure";
  }

  @Override
  String password() {
    return "s3cret: 密码";
  }
}
