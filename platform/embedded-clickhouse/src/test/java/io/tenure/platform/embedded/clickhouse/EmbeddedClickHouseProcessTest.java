package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As a process of its own, where it can be killed and given little memory. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EmbeddedClickHouseProcessTest {

  private static final int SIGTERM_EXIT = 128 + 15;

  @TempDir Path directory;

  @Test
  void everyAcknowledgedRowSurvivesAKill() throws Exception {
    long acknowledged = 0;
    for (int round = 0; round < 2; round++) {
      try (Child child = Child.start(directory, "256m");
          Client client = child.client()) {
        client
            .execute("CREATE TABLE IF NOT EXISTS kept (n UInt64) ENGINE = MergeTree ORDER BY n")
            .get();
        for (int i = 0; i < 100; i++) {
          client.execute("INSERT INTO kept VALUES (" + acknowledged + ")").get();
          acknowledged++;
        }
      }
    }
    try (Child child = Child.start(directory, "256m");
        Client client = child.client()) {
      assertThat(client.queryAll("SELECT uniqExact(n) AS n FROM kept").getFirst().getLong("n"))
          .isEqualTo(acknowledged);
    }
  }

  @Test
  void sigtermEndsItWithoutACrash() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (Child child = Child.start(directory, "256m")) {
        changeProjections(child);
        child.process().destroy();
        assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(child.process().exitValue()).as(child.output()).isEqualTo(SIGTERM_EXIT);
      }
    }
  }

  @Test
  void gigabytesPassThroughASmallHeap() throws Exception {
    long rows = 20_000_000;
    try (Child child = Child.start(directory, "48m");
        Client client = child.client()) {
      client.execute("CREATE TABLE big (n UInt64, s String) ENGINE = MergeTree ORDER BY n").get();
      InputStream source = new RepeatedRows("1234567890123456789\t数据数据数据数据数据数据\n", rows);
      assertThat(client.insert("big", source, ClickHouseFormat.TabSeparated).get().getWrittenRows())
          .isEqualTo(rows);
      try (QueryResponse response =
              client
                  .query(
                      "SELECT * FROM big",
                      new QuerySettings().setFormat(ClickHouseFormat.TabSeparated))
                  .get();
          InputStream found = response.getInputStream()) {
        assertThat(newLines(found)).isEqualTo(rows);
      }
    }
  }

  /**
   * What left some processes of this engine crashing at their end, when it was not closed first.
   */
  private static void changeProjections(Child child) throws Exception {
    try (Client client = child.client()) {
      client.execute("DROP TABLE IF EXISTS p SYNC").get();
      client
          .execute(
              """
              CREATE TABLE p (a UInt64, b UInt64, s String, PROJECTION by_b (SELECT b, count() GROUP BY b)) ENGINE = MergeTree ORDER BY a
              SETTINGS enable_block_number_column = 1, enable_block_offset_column = 1
              """)
          .get();
      for (int i = 0; i < 5; i++) {
        client
            .execute(
                "INSERT INTO p SELECT number, number % 10, toString(number) FROM numbers(100000)")
            .get();
      }
      client.execute("UPDATE p SET s = 'x' WHERE a < 1000").get();
      client.execute("ALTER TABLE p ADD PROJECTION by_s (SELECT a ORDER BY s)").get();
      client.execute("ALTER TABLE p MATERIALIZE PROJECTION by_s").get();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static long newLines(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long lines = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  /** A process that serves the test's directory; closing it kills it. */
  private record Child(Process process, String url, Path log) implements AutoCloseable {

    static Child start(Path directory, String heap) throws Exception {
      int port = freePort();
      Path log = directory.resolve("out.log");
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx" + heap,
              "-XX:MaxDirectMemorySize=" + heap,
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              EmbeddedClickHouseMain.class.getName(),
              "--path",
              directory.resolve("data").toString(),
              "--port",
              String.valueOf(port));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Child child = new Child(process, "http://127.0.0.1:" + port, log);
      child.awaitPort(port);
      return child;
    }

    Client client() {
      return new Client.Builder()
          .addEndpoint(url)
          .setUsername("default")
          .setPassword("")
          .setDefaultDatabase("default")
          .build();
    }

    String output() throws IOException {
      return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    private void awaitPort(int port) throws Exception {
      for (int i = 0; i < 1_200; i++) {
        assertThat(process.isAlive()).as(output()).isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertThat(socket.isConnected()).isTrue();
          return;
        } catch (ConnectException e) {
          Thread.sleep(50);
        }
      }
      throw new AssertionError("the process did not answer:\n" + output());
    }
  }

  /** The same row over and over, made as it is read. */
  private static final class RepeatedRows extends InputStream {

    private final byte[] row;
    private final long length;
    private long position;

    RepeatedRows(String row, long count) {
      this.row = row.getBytes(StandardCharsets.UTF_8);
      this.length = this.row.length * count;
    }

    @Override
    public int read() {
      return position == length ? -1 : row[(int) (position++ % row.length)] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      if (position == length) {
        return -1;
      }
      int part = (int) Math.min(count, length - position);
      for (int i = 0; i < part; i++) {
        target[offset + i] = row[(int) ((position + i) % row.length)];
      }
      position += part;
      return part;
    }
  }
}
