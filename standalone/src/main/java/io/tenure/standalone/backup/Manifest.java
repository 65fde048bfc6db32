package io.tenure.standalone.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup consists of. It is no secret; the seal beside it proves that it is whole.
 *
 * @param format of the backup
 * @param createTime what was acknowledged before is in it
 */
record Manifest(int format, String name, Instant createTime, List<Part> parts) {

  /** The form this version writes and reads. */
  static final int FORMAT = 1;

  static final String FILE = "manifest.json";
  static final String SEAL = "manifest.seal";

  /**
   * One file.
   *
   * @param bytes how many it has
   * @param sha256 of the file as it lies there, in hexadecimal digits
   */
  record Part(String name, long bytes, String sha256) {

    static final String DATABASE = "database";
    static final String LOG = "log";
  }

  long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }
}
