package io.tenure.collector.domain.log;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Records of a delivered batch that were accepted and must not be stored: the person withdrew their
 * consent, or was erased, after they had been accepted.
 *
 * @param offsets of these records
 */
public record Withheld(Set<Long> offsets) {

  /** Of a batch that was stored as a whole. */
  public static final Withheld NOTHING = new Withheld(Set.of());

  /** Takes a copy. */
  public Withheld {
    offsets = Set.copyOf(offsets);
  }

  /** Whether the record at an offset is one of them. */
  public boolean contains(long offset) {
    return offsets.contains(offset);
  }

  /**
   * The name of a batch without these records. An attempt that withheld others stored other rows,
   * and a store that forgets repeated inserts would lose those of the second.
   *
   * @param token name of the whole batch
   */
  public String token(String token) {
    if (offsets.isEmpty()) {
      return token;
    }
    CRC32C checksum = new CRC32C();
    offsets.stream()
        .sorted()
        .forEach(offset -> checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, offset)));
    return "%s-%08x".formatted(token, checksum.getValue());
  }
}
