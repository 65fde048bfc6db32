package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official drivers must be able to do, whichever ClickHouse answers them. */
abstract class ClickHouseContract {

  abstract String url();

  abstract String user();

  abstract String password();

  @BeforeEach
  void emptyDatabase() throws Exception {
    try (Client client = client().build()) {
      client.execute("DROP DATABASE IF EXISTS contract").get();
      client.execute("CREATE DATABASE contract").get();
    }
  }

  @ParameterizedTest(
      name = "answers compressed: {0}, requests compressed: {1}, by HTTP''s means: {2}")
  @CsvSource({
    "false,false,false",
    "true,false,false",
    "true,true,false",
    "false,true,false",
    "true,true,true"
  })
  void rowsComeBackAsTheyWereInserted(boolean answers, boolean requests, boolean byHttp)
      throws Exception {
    try (Client client =
        client()
            .compressServerResponse(answers)
            .compressClientRequest(requests)
            .useHttpCompression(byHttp)
            .build()) {
      client
          .execute(
              "CREATE TABLE contract.t (id UInt64, name String) ENGINE = MergeTree ORDER BY id")
          .get();
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 20_000; i++) {
        rows.append("{\"id\":").append(i).append(",\"name\":\"用户 ").append(i).append(" 🏦\"}\n");
      }

      long written = insert(client, "contract.t", rows.toString(), new InsertSettings());

      assertThat(written).isEqualTo(20_000);
      List<GenericRecord> found =
          client.queryAll("SELECT id, name FROM contract.t WHERE id IN (0, 19999) ORDER BY id");
      assertThat(found)
          .extracting(row -> row.getString("name"))
          .containsExactly("用户 0 🏦", "用户 19999 🏦");
    }
  }

  @ParameterizedTest(name = "compressed: {0}")
  @ValueSource(booleans = {true, false})
  void aLargeResultIsWhole(boolean compressed) throws Exception {
    try (Client client = client().compressServerResponse(compressed).build();
        QueryResponse response =
            client
                .query(
                    "SELECT number, toString(number) FROM numbers(1000000)",
                    format(ClickHouseFormat.TabSeparated))
                .get()) {
      CRC32 expected = new CRC32();
      for (int i = 0; i < 1_000_000; i++) {
        expected.update((i + "\t" + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
      CRC32 actual = new CRC32();
      byte[] buffer = new byte[64 * 1024];
      try (InputStream rows = response.getInputStream()) {
        for (int count = rows.read(buffer); count >= 0; count = rows.read(buffer)) {
          actual.update(buffer, 0, count);
        }
      }
      assertThat(actual.getValue()).isEqualTo(expected.getValue());
    }
  }

  @Test
  void anEmptyResultStillNamesItsColumns() throws Exception {
    try (Connection connection = connect(true);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS one, 'x' AS letter WHERE 0")) {
      assertThat(rows.next()).isFalse();
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("letter");
    }
  }

  @ParameterizedTest(name = "compressed: {0}")
  @ValueSource(booleans = {true, false})
  void jdbcBatchesKeepEveryType(boolean compressed) throws Exception {
    try (Connection connection = connect(compressed);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE contract.typed (id UInt64, name String, at DateTime64(3, 'UTC'), labels Map(String, String),
            steps Array(String), amount Decimal(18, 4), level LowCardinality(String), maybe Nullable(Int32)) ENGINE = MergeTree ORDER BY id
          """);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO contract.typed (id, name, at, labels, steps, amount, level, maybe)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < 100; i++) {
          insert.setLong(1, i);
          insert.setString(2, "理财 '" + i + "' \\ \n");
          insert.setObject(3, LocalDateTime.of(2026, 3, 1, 12, 30, 15, 123_000_000));
          insert.setObject(4, Map.of("渠道", "app", "k", "v'" + i));
          insert.setObject(5, List.of("open", "确认"));
          insert.setBigDecimal(6, new BigDecimal("1234567.8901"));
          insert.setString(7, "gold");
          insert.setObject(8, null);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(100);
      }
      try (PreparedStatement select =
          connection.prepareStatement("SELECT * FROM contract.typed WHERE id = ? AND level = ?")) {
        select.setLong(1, 42);
        select.setString(2, "gold");
        try (ResultSet row = select.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString("name")).isEqualTo("理财 '42' \\ \n");
          assertThat(row.getTimestamp("at").toInstant()).hasToString("2026-03-01T12:30:15.123Z");
          assertThat(row.getObject("labels")).isEqualTo(Map.of("渠道", "app", "k", "v'42"));
          assertThat((Object[]) row.getArray("steps").getArray()).containsExactly("open", "确认");
          assertThat(row.getBigDecimal("amount")).isEqualByComparingTo("1234567.8901");
          assertThat(row.getObject("maybe")).isNull();
          assertThat(row.next()).isFalse();
        }
      }
    }
  }

  @Test
  void parametersAreBoundByTheServerFromTheirEscapedForm() throws Exception {
    try (Client client = client().build()) {
      Map<String, Object> parameters =
          Map.of("text", "it's 中文\\tand \\\\ more", "number", 42, "list", "['it''s','\\\\']");

      List<GenericRecord> rows =
          client.queryAll(
              "SELECT {text:String} AS text, {number:UInt32} AS number, "
                  + "concat({list:Array(String)}[1], {list:Array(String)}[2]) AS list",
              parameters);

      assertThat(rows.getFirst().getString("text")).isEqualTo("it's 中文\tand \\ more");
      assertThat(rows.getFirst().getLong("number")).isEqualTo(42);
      assertThat(rows.getFirst().getString("list")).isEqualTo("it's\\");
    }
  }

  @Test
  void settingsHoldForOneRequestOnly() throws Exception {
    try (Client client = client().build()) {
      QuerySettings settings = new QuerySettings().serverSetting("max_threads", "3");
      for (int i = 0; i < 20; i++) {
        try (QueryResponse response =
            client
                .query(
                    "SELECT getSetting('max_threads')",
                    settings.setFormat(ClickHouseFormat.TabSeparated))
                .get()) {
          assertThat(text(response)).isEqualTo("3\n");
        }
        assertThat(
                client
                    .queryAll("SELECT toString(getSetting('max_threads')) != '3' AS other")
                    .getFirst()
                    .getBoolean("other"))
            .isTrue();
      }
    }
  }

  @Test
  void aSetStatementLeavesNothingBehind() throws Exception {
    try (Client client = client().build()) {
      client.execute("SET max_threads = 3").get();
      for (int i = 0; i < 20; i++) {
        assertThat(
                client
                    .queryAll("SELECT toString(getSetting('max_threads')) != '3' AS other")
                    .getFirst()
                    .getBoolean("other"))
            .isTrue();
      }
    }
  }

  @Test
  void theDatabaseOfTheRequestIsTheCurrentOne() throws Exception {
    try (Client client = client().setDefaultDatabase("contract").build();
        Client other = client().build()) {
      client.execute("CREATE TABLE here (id UInt8) ENGINE = Memory").get();
      client.execute("INSERT INTO here VALUES (7)").get();
      assertThat(client.queryAll("SELECT id FROM here").getFirst().getLong("id")).isEqualTo(7);
      assertThat(other.queryAll("SELECT currentDatabase() AS d").getFirst().getString("d"))
          .isEqualTo("default");
    }
  }

  @Test
  void aRepeatedTokenStoresNothingTwice() throws Exception {
    try (Client client = client().build()) {
      client
          .execute(
              "CREATE TABLE contract.once (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS"
                  + " non_replicated_deduplication_window = 1000")
          .get();
      for (int i = 0; i < 3; i++) {
        insert(
            client,
            "contract.once",
            "{\"id\":1}\n{\"id\":2}\n",
            new InsertSettings().setDeduplicationToken("batch-1"));
      }
      insert(
          client,
          "contract.once",
          "{\"id\":1}\n",
          new InsertSettings().setDeduplicationToken("batch-2"));
      assertThat(client.queryAll("SELECT count() AS n FROM contract.once").getFirst().getLong("n"))
          .isEqualTo(3);
    }
  }

  @Test
  void errorsCarryTheirCodeThroughJdbc() throws Exception {
    try (Connection connection = connect(true);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM contract.missing"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("UNKNOWN_TABLE")
          .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(60));
      assertThatThrownBy(() -> statement.executeQuery("SELEKT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Code: 62");
      try (ResultSet rows = statement.executeQuery("SELECT 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void badRowsAreRefusedWhole() throws Exception {
    try (Client client = client().build()) {
      client
          .execute("CREATE TABLE contract.strict (id UInt64) ENGINE = MergeTree ORDER BY id")
          .get();
      assertThatThrownBy(
              () ->
                  insert(
                      client,
                      "contract.strict",
                      "{\"id\":1}\n{\"id\":\"x\"}\n",
                      new InsertSettings()))
          .hasMessageContaining("Code: ");
      assertThat(
              client.queryAll("SELECT count() AS n FROM contract.strict").getFirst().getLong("n"))
          .isZero();
    }
  }

  @Test
  void aFailureAfterRowsHaveLeftIsNotTakenForTheEnd() throws Exception {
    try (Client client = client().build()) {
      assertThatThrownBy(
              () -> {
                try (QueryResponse response =
                    client
                        .query(
                            "SELECT number, throwIf(number = 3000000, 'late failure') FROM"
                                + " numbers(10000000) SETTINGS max_block_size = 65536, max_threads"
                                + " = 1",
                            format(ClickHouseFormat.RowBinary))
                        .get()) {
                  response.getInputStream().readAllBytes();
                }
              })
          .isInstanceOf(Exception.class);
    }
  }

  @Test
  void aStatementEndsAtItsTimeLimit() throws Exception {
    try (Client client = client().build()) {
      QuerySettings limited = new QuerySettings().serverSetting("max_execution_time", "1");
      long start = System.nanoTime();
      assertThatThrownBy(
              () ->
                  client
                      .query("SELECT sum(cityHash64(number)) FROM numbers(1000000000000)", limited)
                      .get(30, TimeUnit.SECONDS))
          .hasMessageContaining("TIMEOUT_EXCEEDED");
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
    }
  }

  @Test
  void wrongCredentialsAreRefused() {
    try (Client client =
        new Client.Builder().addEndpoint(url()).setUsername(user()).setPassword("wrong").build()) {
      assertThatThrownBy(() -> client.query("SELECT 1").get()).hasMessageContaining("516");
    }
  }

  @Test
  void timestampsKeepTheirZone() throws Exception {
    try (Connection connection = connect(true);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT toDateTime64('2026-01-01 00:00:00.5', 3, 'Asia/Shanghai') AS at")) {
      row.next();
      assertThat(row.getObject("at", ZonedDateTime.class).toInstant())
          .isEqualTo(Instant.parse("2025-12-31T16:00:00.500Z"));
    }
  }

  Client.Builder client() {
    return new Client.Builder()
        .addEndpoint(url())
        .setUsername(user())
        .setPassword(password())
        .setDefaultDatabase("default")
        .setOption("compression.method", "LZ4");
  }

  Connection connect(boolean compressed) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    properties.setProperty("compress", String.valueOf(compressed));
    return DriverManager.getConnection("jdbc:ch:" + url(), properties);
  }

  static long insert(Client client, String table, String jsonRows, InsertSettings settings)
      throws Exception {
    InputStream rows = new ByteArrayInputStream(jsonRows.getBytes(StandardCharsets.UTF_8));
    return client
        .insert(table, rows, ClickHouseFormat.JSONEachRow, settings)
        .get()
        .getWrittenRows();
  }

  static QuerySettings format(ClickHouseFormat format) {
    return new QuerySettings().setFormat(format);
  }

  static String text(QueryResponse response) throws Exception {
    return new String(response.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
