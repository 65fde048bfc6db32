package io.tenure.standalone.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lock that the engine holds on its directory. Asking the engine instead would make it print
 * its own words.
 */
public final class DatabaseLock {

  private static final Path LOCKS = Path.of("/proc/locks");

  private DatabaseLock() {}

  /** Whether a process holds it; false also where the system does not tell. */
  public static boolean isHeld(DataDirectory data) {
    Path file = data.clickHouse().resolve("status");
    if (!Files.exists(file) || !Files.isReadable(LOCKS)) {
      return false;
    }
    try {
      String place = " " + place(file) + " ";
      return Files.readAllLines(LOCKS).stream()
          .anyMatch(lock -> lock.contains("FLOCK") && lock.contains(place));
    } catch (IOException | UnsupportedOperationException untold) {
      return false;
    }
  }

  /** Device and file as Linux lists them, from its packed device number. */
  private static String place(Path file) throws IOException {
    long device = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
    long major = device >> 8 & 0xfff;
    long minor = device & 0xff | device >> 12 & 0xfff00;
    return "%02x:%02x:%s".formatted(major, minor, Files.getAttribute(file, "unix:ino"));
  }
}
