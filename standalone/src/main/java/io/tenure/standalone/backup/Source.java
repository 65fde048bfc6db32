package io.tenure.standalone.backup;

import java.io.IOException;
import java.nio.file.Path;

/** An installation whose stores can be copied in a state that fits together. */
public interface Source {

  /**
   * Copies the stores.
   *
   * @param database where the copy of the database goes
   * @param log where that of the log goes
   */
  void copy(Path database, Path log) throws IOException, InterruptedException;
}
