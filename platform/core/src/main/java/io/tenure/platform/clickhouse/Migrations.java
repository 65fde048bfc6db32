package io.tenure.platform.clickhouse;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Brings the tables of one owner up to date: the files {@code schema/OWNER/NNNN_name.sql} run once
 * each, in order. Every statement must be harmless when repeated ({@code IF NOT EXISTS}), because a
 * crash can leave a file half done.
 *
 * <p>A dictionary reads its source by a connection of its own; in its statement {@code
 * {credentials}} stands for the user and the password, and {@code {database}} for the database.
 * {@code {file NAME}} stands for the text of a file beside, and {@link TableLayout} says how a
 * table is divided.
 */
public final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Pattern STATEMENT_END = Pattern.compile(";\\s*(\\n|$)");
  private static final Pattern FILE = Pattern.compile("\\{file ([a-z0-9_/-]+\\.sql)\\}");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CREDENTIALS = "{credentials}";
  private static final String DATABASE = "{database}";

  private final ClickHouse clickHouse;
  private final ClickHouseProperties properties;
  private final Clock clock;

  /** Migrations of the configured database. */
  public Migrations(ClickHouse clickHouse, ClickHouseProperties properties, Clock clock) {
    this.clickHouse = clickHouse;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Runs what has not run yet, waiting up to two minutes for the server to come up.
   *
   * @throws Failure UNAVAILABLE when the server does not answer in that time
   */
  public void run(String owner) {
    awaitServer();
    clickHouse.createDatabase();
    createLedger();
    Set<String> done =
        new TreeSet<>(
            clickHouse.query(
                "SELECT name FROM schema_migrations WHERE owner = {owner:String}",
                Map.of("owner", owner),
                row -> row.getString("name")));
    for (Resource file : files(owner)) {
      String name = Objects.requireNonNull(file.getFilename());
      if (done.contains(name)) {
        continue;
      }
      for (String statement : statements(file)) {
        clickHouse.execute(filled(statement), Map.of());
      }
      clickHouse.insert(
          "schema_migrations",
          List.of(Map.of("owner", owner, "name", name, "time", clock.instant().getEpochSecond())),
          null);
      LOG.info("Applied schema {}/{}", owner, name);
    }
  }

  private void awaitServer() {
    long deadline = clock.millis() + PATIENCE.toMillis();
    while (!clickHouse.answers()) {
      if (clock.millis() > deadline) {
        throw Failure.of(Reason.UNAVAILABLE, "ClickHouse does not answer at " + properties.url());
      }
      LOG.info("Waiting for ClickHouse at {}", properties.url());
      try {
        Thread.sleep(Duration.ofSeconds(1));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw Failure.of(Reason.ABORTED, "Interrupted while waiting for ClickHouse", interrupted);
      }
    }
  }

  private String filled(String statement) {
    return statement.contains(CREDENTIALS)
        ? statement
            .replace(CREDENTIALS, credentials())
            .replace(DATABASE, "`" + properties.database().replace("`", "") + "`")
        : statement;
  }

  /** The embedded engine knows other users than its door, and lets itself in without any. */
  private String credentials() {
    String user =
        clickHouse
            .query("SELECT currentUser() AS user", Map.of(), row -> row.getString("user"))
            .getFirst();
    return user.equals(properties.username())
        ? "USER " + quoted(user) + " PASSWORD " + quoted(properties.password())
        : "";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void createLedger() {
    clickHouse.execute(
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (owner String, name String, time DateTime('UTC'))
        ENGINE = ReplacingMergeTree ORDER BY (owner, name)
        """,
        Map.of());
  }

  private static List<Resource> files(String owner) {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:schema/" + owner + "/*.sql");
      return Arrays.stream(found)
          .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
          .toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** The statements of a file, as they are written. */
  static List<String> statements(Resource file) {
    try {
      return STATEMENT_END
          .splitAsStream(withFiles(file))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private static String withFiles(Resource file) throws IOException {
    String text = file.getContentAsString(StandardCharsets.UTF_8);
    Matcher named = FILE.matcher(text);
    StringBuilder whole = new StringBuilder();
    while (named.find()) {
      String other =
          file.createRelative(named.group(1)).getContentAsString(StandardCharsets.UTF_8).strip();
      named.appendReplacement(whole, Matcher.quoteReplacement(other));
    }
    return named.appendTail(whole).toString();
  }
}
