package io.tenure.platform.embedded.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a Redis server to run: the machine's own when it is new enough, because it gets the
 * machine's updates, else the bundled one.
 */
final class RedisExecutable {

  private static final Logger LOG = LoggerFactory.getLogger(RedisExecutable.class);
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)");
  private static final int OLDEST_MAJOR = 6;
  private static final int OLDEST_MINOR = 2;

  private RedisExecutable() {}

  /** The server to run; the bundled one is unpacked into the given directory. */
  static Path find(Path unpackInto) {
    return onPath().orElseGet(() -> unpack(unpackInto));
  }

  private static Optional<Path> onPath() {
    for (String directory :
        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, "redis-server");
      if (Files.isExecutable(candidate) && isNewEnough(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  private static boolean isNewEnough(Path executable) {
    Matcher version = VERSION.matcher(version(executable));
    if (!version.find()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
  }

  private static String version(Path executable) {
    try {
      Process process =
          new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return text;
    } catch (IOException e) {
      LOG.debug("{} does not run: {}", executable, e.getMessage());
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Path unpack(Path directory) {
    String name = bundledName();
    Path target = directory.resolve(name);
    try (InputStream bundled = RedisExecutable.class.getResourceAsStream("/" + name)) {
      if (bundled == null) {
        throw new IllegalStateException(
            "no bundled Redis for this machine (" + name + "): install redis-server 6.2 or newer");
      }
      Files.createDirectories(directory);
      Path unpacked = Files.createTempFile(directory, "redis-server", ".unpacking");
      Files.copy(bundled, unpacked, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwx------"));
      // A server may be running from the old file: it must be replaced, not overwritten.
      Files.move(
          unpacked, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the bundled Redis into " + directory, e);
    }
    if (!isNewEnough(target)) {
      throw new IllegalStateException(
          "the bundled Redis does not run on this machine (it needs glibc and OpenSSL 3): install"
              + " redis-server 6.2 or newer");
    }
    return target;
  }

  private static String bundledName() {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    String version = system.equals("linux") && processor.equals("arm64") ? "6.2.7" : "6.2.6-v5";
    return "redis-server-" + version + "-" + system + "-" + processor;
  }
}
