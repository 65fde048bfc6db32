package io.tenure.platform.embedded.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How an embedded Redis is run. {@link #at} gives the defaults, the {@code with} methods change one
 * thing each.
 *
 * @param directory where it keeps its data; created when missing; one server at a time uses it
 * @param port the loopback port to listen on, 0 for a free one
 * @param password what clients must give; empty means none is asked for
 * @param startTimeout how long loading the data may take
 * @param closeOnExit whether the JVM's exit stops it; false when the owner does so in an order of
 *     its own
 */
public record EmbeddedRedisOptions(
    Path directory, int port, String password, Duration startTimeout, boolean closeOnExit) {

  private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]*");

  public EmbeddedRedisOptions {
    directory = directory.toAbsolutePath().normalize();
    if (!PASSWORD.matcher(password).matches()) {
      throw new IllegalArgumentException(
          "a Redis password here is made of printable ASCII without blanks, quotes and"
              + " backslashes");
    }
  }

  /** A directory on a free port, without a password, a minute to load. */
  public static EmbeddedRedisOptions at(Path directory) {
    return new EmbeddedRedisOptions(directory, 0, "", Duration.ofMinutes(1), true);
  }

  public EmbeddedRedisOptions withPort(int newPort) {
    return new EmbeddedRedisOptions(directory, newPort, password, startTimeout, closeOnExit);
  }

  public EmbeddedRedisOptions withPassword(String newPassword) {
    return new EmbeddedRedisOptions(directory, port, newPassword, startTimeout, closeOnExit);
  }

  public EmbeddedRedisOptions withStartTimeout(Duration newStartTimeout) {
    return new EmbeddedRedisOptions(directory, port, password, newStartTimeout, closeOnExit);
  }

  public EmbeddedRedisOptions withCloseOnExit(boolean newCloseOnExit) {
    return new EmbeddedRedisOptions(directory, port, password, startTimeout, newCloseOnExit);
  }

  @Override
  public String toString() {
    return "EmbeddedRedisOptions[directory=" + directory + ", port=" + port + "]";
  }
}
