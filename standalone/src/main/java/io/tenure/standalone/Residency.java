package io.tenure.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process and its children, from the kernel. */
final class Residency {

  private Residency() {}

  /** In megabytes; 0 where the kernel does not tell. */
  static long megabytes() {
    ProcessHandle self = ProcessHandle.current();
    long kilobytes = of(self.pid()) + self.descendants().mapToLong(child -> of(child.pid())).sum();
    return kilobytes / 1024;
  }

  private static long of(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException unknown) {
      return 0;
    }
  }
}
