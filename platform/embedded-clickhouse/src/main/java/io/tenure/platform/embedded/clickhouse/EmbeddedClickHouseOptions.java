package io.tenure.platform.embedded.clickhouse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How an embedded ClickHouse is run. {@link #at} gives the defaults, the {@code with} methods
 * change one thing each.
 *
 * @param path the storage directory; created when missing; one process at a time may use it
 * @param host the address to listen on; anything but a loopback address must be asked for
 * @param port the port to listen on, 0 for a free one
 * @param user the only user there is
 * @param password its password; empty means none is asked for
 * @param connections how many statements may run at once
 * @param queueLimit how many more may wait for their turn before requests are refused with code 202
 * @param queueTimeout how long one may wait
 * @param settings ClickHouse settings every statement starts from
 * @param closeOnExit whether the JVM's exit closes it; false when the owner does so in an order of
 *     its own
 */
public record EmbeddedClickHouseOptions(
    Path path,
    String host,
    int port,
    String user,
    String password,
    int connections,
    int queueLimit,
    Duration queueTimeout,
    Map<String, String> settings,
    boolean closeOnExit) {

  private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z0-9_.]+");

  /**
   * What makes the engine behave as the server does: an acknowledged insert is stored, and an
   * expression alone is no statement. The engine as a library has other defaults.
   */
  private static final Map<String, String> SERVER_LIKE =
      Map.of("async_insert", "0", "implicit_select", "0");

  public EmbeddedClickHouseOptions {
    path = path.toAbsolutePath().normalize();
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1, not " + connections);
    }
    if (queueLimit < 0) {
      throw new IllegalArgumentException("queueLimit must not be negative, but is " + queueLimit);
    }
    for (String name : settings.keySet()) {
      if (!SETTING_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not the name of a setting: " + name);
      }
    }
    Map<String, String> merged = new LinkedHashMap<>(SERVER_LIKE);
    merged.putAll(settings);
    settings = Map.copyOf(merged);
  }

  /**
   * A storage directory on a free loopback port, user {@code default} without a password, 16
   * statements at once and 128 waiting.
   */
  public static EmbeddedClickHouseOptions at(Path path) {
    return new EmbeddedClickHouseOptions(
        path, "127.0.0.1", 0, "default", "", 16, 128, Duration.ofSeconds(30), Map.of(), true);
  }

  public EmbeddedClickHouseOptions withHost(String newHost) {
    return new EmbeddedClickHouseOptions(
        path,
        newHost,
        port,
        user,
        password,
        connections,
        queueLimit,
        queueTimeout,
        settings,
        closeOnExit);
  }

  public EmbeddedClickHouseOptions withPort(int newPort) {
    return new EmbeddedClickHouseOptions(
        path,
        host,
        newPort,
        user,
        password,
        connections,
        queueLimit,
        queueTimeout,
        settings,
        closeOnExit);
  }

  public EmbeddedClickHouseOptions withCredentials(String newUser, String newPassword) {
    return new EmbeddedClickHouseOptions(
        path,
        host,
        port,
        newUser,
        newPassword,
        connections,
        queueLimit,
        queueTimeout,
        settings,
        closeOnExit);
  }

  /** Sets how many statements run at once, how many wait, and for how long. */
  public EmbeddedClickHouseOptions withConcurrency(
      int newConnections, int newQueueLimit, Duration newQueueTimeout) {
    return new EmbeddedClickHouseOptions(
        path,
        host,
        port,
        user,
        password,
        newConnections,
        newQueueLimit,
        newQueueTimeout,
        settings,
        closeOnExit);
  }

  public EmbeddedClickHouseOptions withSettings(Map<String, String> newSettings) {
    return new EmbeddedClickHouseOptions(
        path,
        host,
        port,
        user,
        password,
        connections,
        queueLimit,
        queueTimeout,
        newSettings,
        closeOnExit);
  }

  public EmbeddedClickHouseOptions withCloseOnExit(boolean newCloseOnExit) {
    return new EmbeddedClickHouseOptions(
        path,
        host,
        port,
        user,
        password,
        connections,
        queueLimit,
        queueTimeout,
        settings,
        newCloseOnExit);
  }
}
