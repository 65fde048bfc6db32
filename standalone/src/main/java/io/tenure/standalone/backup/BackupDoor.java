package io.tenure.standalone.backup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tenure.platform.json.Json;
import io.tenure.standalone.runtime.DataDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The door of a running installation to its own command line: whoever may read the file that names
 * it, in the installation's directory, may ask for a backup. It also ends backups in time.
 */
public final class BackupDoor implements AutoCloseable {

  static final String DONE = "done ";
  static final String FAILED = "failed ";
  private static final Logger LOG = LoggerFactory.getLogger(BackupDoor.class);
  private static final Duration INTERVAL = Duration.ofSeconds(20);

  private final Backup backup;
  private final Path file;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("backup-retention").daemon().factory());

  /** Where a door is. */
  record Address(int port, String token) {}

  /** Opens the door on a free port of loopback. */
  public BackupDoor(DataDirectory data, Backup backup, Retention retention) {
    this.backup = backup;
    this.file = fileIn(data);
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    server.setExecutor(threads);
    server.createContext("/backup", this::answer);
    server.start();
    PrivateFile.write(file, Json.write(new Address(server.getAddress().getPort(), token)));
    clock.scheduleWithFixedDelay(
        () -> keep(retention), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The file that names the door of an installation that runs. */
  static Path fileIn(DataDirectory data) {
    return data.path().resolve("backup-door.json");
  }

  private static void keep(Retention retention) {
    try {
      retention.run();
    } catch (RuntimeException failure) {
      LOG.warn("Backups were not looked after, and will be", failure);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] given =
          exchange
              .getRequestHeaders()
              .getOrDefault("Authorization", java.util.List.of(""))
              .getFirst()
              .getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(given, ("Bearer " + token).getBytes(StandardCharsets.UTF_8))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      JsonNode asked =
          Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      try {
        Path made =
            backup.make(
                new BackupRequest(
                    Path.of(asked.path("to").asString()),
                    Duration.ofSeconds(asked.path("seconds").asLong(0)),
                    asked.path("replace").asBoolean(false)),
                line -> say(out, line));
        say(out, DONE + made);
      } catch (BackupException failure) {
        LOG.warn("No backup was made", failure);
        say(out, FAILED + failure.getMessage());
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        say(out, FAILED + "The installation is stopping");
      }
    }
  }

  /** Whoever asked may have gone; the backup is made all the same. */
  private static void say(OutputStream out, String line) {
    try {
      out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException gone) {
      LOG.debug("Nobody listens to the progress of a backup", gone);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException exception) {
      LOG.warn("{} could not be removed", file, exception);
    }
    server.stop(0);
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
