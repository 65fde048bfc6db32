package io.tenure.benchmarks.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The least that durability can cost: the same bytes appended to a file, with one {@code fdatasync}
 * for as many requests as there are connections.
 */
final class BareLog {

  private BareLog() {}

  /** Requests made durable per second. */
  static double requestsPerSecond(Path directory, List<byte[]> requests, int group, Duration limit)
      throws IOException {
    Path file = directory.resolve("bare.log");
    long written = 0;
    long start = System.nanoTime();
    try (FileChannel log =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      while (System.nanoTime() - start < limit.toNanos()) {
        ByteBuffer[] buffers = new ByteBuffer[group];
        for (int i = 0; i < group; i++) {
          buffers[i] = ByteBuffer.wrap(requests.get((int) ((written + i) % requests.size())));
        }
        while (buffers[group - 1].hasRemaining()) {
          log.write(buffers);
        }
        log.force(false);
        written += group;
      }
      return written * 1e9 / (System.nanoTime() - start);
    }
  }
}
