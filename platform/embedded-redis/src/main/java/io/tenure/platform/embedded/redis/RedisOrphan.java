package io.tenure.platform.embedded.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that outlived the process that started it, for that one was killed. It still holds the
 * directory, and data that may not be on disk yet, so it is asked to end properly before a new one
 * starts.
 */
record RedisOrphan(ProcessHandle process) {

  static final String PID_FILE = "redis.pid";
  private static final Logger LOG = LoggerFactory.getLogger(RedisOrphan.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * The server still running on the directory, if there is one; a process that merely got the old
   * number is not taken for it.
   */
  static Optional<RedisOrphan> on(Path directory) throws IOException {
    Path file = directory.resolve(PID_FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    if (!text.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(text))
        .filter(ProcessHandle::isAlive)
        .filter(process -> isRedisOn(process, directory))
        .map(RedisOrphan::new);
  }

  /** Ends it as its signal handler does: it saves what it has and leaves. */
  void stop() throws InterruptedException {
    LOG.info(
        "A Redis of an earlier run (process {}) still holds the directory: it is asked to save and"
            + " end",
        process.pid());
    process.destroy();
    CompletableFuture<ProcessHandle> end = process.onExit();
    try {
      end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "the Redis of an earlier run (process " + process.pid() + ") does not end", e);
    }
  }

  /**
   * Redis shows its configuration file in its command line; the file stands in the directory it
   * serves.
   */
  private static boolean isRedisOn(ProcessHandle process, Path directory) {
    return commandLine(process).filter(line -> line.contains("redis-server")).isPresent()
        && worksIn(process, directory);
  }

  private static Optional<String> commandLine(ProcessHandle process) {
    Path shown = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      if (Files.isReadable(shown)) {
        return Optional.of(Files.readString(shown).replace('\0', ' '));
      }
    } catch (IOException e) {
      LOG.debug("cannot read {}: {}", shown, e.getMessage());
    }
    return process.info().commandLine();
  }

  /**
   * Where the system tells a process's working directory it must be this one; elsewhere the
   * process's name has to do.
   */
  private static boolean worksIn(ProcessHandle process, Path directory) {
    Path working = Path.of("/proc", Long.toString(process.pid()), "cwd");
    if (!Files.exists(Path.of("/proc/self"))) {
      return true;
    }
    try {
      return Files.isSameFile(working, directory);
    } catch (IOException e) {
      return false;
    }
  }
}
