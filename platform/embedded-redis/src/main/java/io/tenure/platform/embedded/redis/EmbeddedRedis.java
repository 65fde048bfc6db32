package io.tenure.platform.embedded.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server beside this process: a real one, with its append-only file in a directory of its
 * own, reachable from this machine only. It lets the platform run, and its tests run, with the same
 * scripts and the same client as on a Redis elsewhere.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final String CONFIGURATION = "redis.conf";
  private static final String LOG_FILE = "redis.log";
  private static final int STOP_SECONDS = 30;
  private static final int LOG_LINES = 15;

  private final EmbeddedRedisOptions options;
  private final int port;
  private final Process process;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRedis(EmbeddedRedisOptions options, int port, Process process) {
    this.options = options;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server on the directory and returns when it answers. A server an earlier, killed
   * process left on the directory is first made to save and end.
   *
   * @throws IllegalStateException when no server can be run here, or it does not answer in time;
   *     the message ends with the server's own words
   */
  public static EmbeddedRedis start(EmbeddedRedisOptions options) {
    try {
      Files.createDirectories(options.directory());
      endLeftBehind(options.directory());
      int port = options.port() == 0 ? freePort() : options.port();
      EmbeddedRedis server = new EmbeddedRedis(options, port, launch(options, port));
      server.awaitReady();
      if (options.closeOnExit()) {
        Runtime.getRuntime()
            .addShutdownHook(Thread.ofPlatform().name("redis-close").unstarted(server::close));
      }
      return server;
    } catch (FileSystemException e) {
      throw new IllegalStateException(
          "Redis cannot use " + options.directory() + " as its directory: " + e, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Redis could not be started on " + options.directory(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Redis started", e);
    }
  }

  /**
   * Makes a server save and end that an earlier, killed process left on the directory, if there is
   * one.
   *
   * @throws IllegalStateException when it does not end
   */
  public static void endLeftBehind(Path directory) throws IOException, InterruptedException {
    Optional<RedisOrphan> orphan = RedisOrphan.on(directory);
    if (orphan.isPresent()) {
      orphan.get().stop();
    }
  }

  /**
   * The address for clients, with the password in it, such as {@code
   * redis://:secret@127.0.0.1:6379}.
   */
  public String url() {
    return options.password().isEmpty()
        ? "redis://127.0.0.1:" + port
        : "redis://:" + encoded(options.password()) + "@127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** The server's process number. */
  public long pid() {
    return process.pid();
  }

  /** Saves everything and stops the server. Safe to call more than once. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true) || !process.isAlive()) {
      return;
    }
    try (RedisControl control = new RedisControl(port, options.password())) {
      control.shutdown();
    } catch (IOException e) {
      LOG.debug("Redis did not take SHUTDOWN, it gets a signal: {}", e.getMessage());
      process.destroy();
    }
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn(
            "Redis did not stop in {} s and is killed; its append-only file holds what was written",
            STOP_SECONDS);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(EmbeddedRedisOptions options, int port) throws IOException {
    Path directory = options.directory();
    Path configuration = directory.resolve(CONFIGURATION);
    Files.deleteIfExists(configuration);
    Files.createFile(
        configuration,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(configuration, configuration(options, port));
    Path executable = RedisExecutable.find(directory.resolve("bin"));
    return new ProcessBuilder(List.of(executable.toString(), configuration.toString()))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("redis.out").toFile())
        .start();
  }

  /**
   * A file rather than arguments, for every user of the machine can read arguments, and one of them
   * is the password.
   */
  private static String configuration(EmbeddedRedisOptions options, int port) {
    String password =
        options.password().isEmpty() ? "" : "requirepass \"" + options.password() + "\"\n";
    return password
        + """
        port %d
        bind 127.0.0.1
        protected-mode yes
        daemonize no
        dir "%s"
        pidfile "%s"
        logfile "%s"
        appendonly yes
        appendfsync everysec
        maxmemory-policy noeviction
        set-proc-title no
        """
            .formatted(
                port,
                options.directory(),
                options.directory().resolve(RedisOrphan.PID_FILE),
                options.directory().resolve(LOG_FILE));
  }

  private void awaitReady() throws InterruptedException, IOException {
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "Redis ended while starting on " + options.directory() + ":\n" + lastWords());
      }
      if (isReady()) {
        return;
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    throw new IllegalStateException(
        "Redis did not answer within " + options.startTimeout() + ":\n" + lastWords());
  }

  private boolean isReady() {
    try (RedisControl control = new RedisControl(port, options.password())) {
      return control.isReady(process.pid());
    } catch (IOException e) {
      return false;
    }
  }

  private String lastWords() throws IOException {
    StringBuilder words = new StringBuilder();
    for (String file : List.of("redis.out", LOG_FILE)) {
      Path path = options.directory().resolve(file);
      if (Files.exists(path)) {
        List<String> lines = Files.readAllLines(path);
        lines
            .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
            .forEach(line -> words.append(line).append('\n'));
      }
    }
    return words.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String encoded(String password) {
    StringBuilder text = new StringBuilder();
    for (char c : password.toCharArray()) {
      boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~';
      text.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return text.toString();
  }
}
