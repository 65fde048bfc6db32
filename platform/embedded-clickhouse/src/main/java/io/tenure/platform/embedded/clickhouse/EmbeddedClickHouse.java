package io.tenure.platform.embedded.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A ClickHouse in this process: the real engine on a directory of its own, answering ClickHouse's
 * HTTP protocol on a local port. It lets the platform run, and its tests run, with the same SQL and
 * the same drivers as on a ClickHouse server, without one.
 *
 * <p>One at a time may be open in a process. After {@link #close} another may be started, on the
 * same directory or a different one.
 */
public final class EmbeddedClickHouse implements AutoCloseable {

  private final EmbeddedClickHouseOptions options;
  private final EnginePool pool;
  private final HttpDoor door;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedClickHouse(EmbeddedClickHouseOptions options, EnginePool pool, HttpDoor door) {
    this.options = options;
    this.pool = pool;
    this.door = door;
  }

  /**
   * Opens the directory, creating it when missing, and starts to answer.
   *
   * @throws IllegalStateException when the engine's library is not found, another process uses the
   *     directory, or the options would let strangers in: an address that is not loopback needs a
   *     password
   */
  public static EmbeddedClickHouse start(EmbeddedClickHouseOptions options) {
    requireSafe(options);
    try {
      Files.createDirectories(options.path());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the storage directory " + options.path(), e);
    }
    EnginePool pool = new EnginePool(EngineLibrary.load(EngineLocation.find()), options);
    try {
      StatementHandler handler =
          new StatementHandler(pool, new Credentials(options.user(), options.password()));
      EmbeddedClickHouse server =
          new EmbeddedClickHouse(
              options, pool, new HttpDoor(options.host(), options.port(), handler));
      if (options.closeOnExit()) {
        Runtime.getRuntime()
            .addShutdownHook(Thread.ofPlatform().name("clickhouse-close").unstarted(server::close));
      }
      return server;
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * The address for drivers, such as {@code http://127.0.0.1:8123}; JDBC puts {@code jdbc:ch:}
   * before it.
   */
  public String url() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return "http://" + host + ":" + port();
  }

  public int port() {
    return door.port();
  }

  /**
   * Refuses new statements, gives running ones a second, stops the others, and releases the
   * directory. Safe to call more than once.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      door.stopListening();
      pool.close();
      door.close();
    }
  }

  private static void requireSafe(EmbeddedClickHouseOptions options) {
    try {
      if (options.password().isEmpty()
          && !InetAddress.getByName(options.host()).isLoopbackAddress()) {
        throw new IllegalStateException(
            options.host()
                + " can be reached from other machines, so the embedded ClickHouse needs a"
                + " password");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot resolve the host " + options.host(), e);
    }
  }
}
