package io.tenure.standalone;

import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.DatabaseLock;
import io.tenure.standalone.runtime.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a demo: each demo throws away the one before. */
record DemoDirectory(DataDirectory data) {

  /**
   * Makes it empty.
   *
   * @throws Failure FAILED_PRECONDITION when it holds anything but a demo, or one that runs
   */
  void clear() throws IOException, InterruptedException {
    Path path = data.path();
    if (Files.exists(data.demo())) {
      if (DatabaseLock.isHeld(data)) {
        throw refused(path + " is of a demo that runs; stop it or choose another directory");
      }
      EmbeddedRedis.endLeftBehind(data.redis());
      Directories.delete(path);
    } else if (Files.exists(path)) {
      throw refused(path + " exists and is not a demo; choose another directory");
    }
    Files.createDirectories(path);
    Files.createFile(data.demo());
  }

  private static Failure refused(String text) {
    return Failure.of(Reason.FAILED_PRECONDITION, text + " with --data");
  }
}
