package io.tenure.experiment.domain;

import com.dynatrace.hash4j.hashing.Hasher32;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Places users on a circle of 2^32 buckets: {@code murmur3_x86_32(utf8(salt + ":" + unit), seed
 * 0)}. Published so that any client can repeat it; the vectors are in {@code
 * proto/spec/bucketing.json}.
 */
public final class Bucketing {

  /** Number of buckets. */
  public static final long BUCKETS = 1L << 32;

  private static final Hasher32 MURMUR3 = Hashing.murmur3_32(0);

  private Bucketing() {}

  /** The bucket of a unit, in [0, 2^32). */
  public static long bucket(String salt, String unit) {
    return hash(salt + ":" + unit);
  }

  static long hash(String text) {
    return Integer.toUnsignedLong(MURMUR3.hashBytesToInt(text.getBytes(StandardCharsets.UTF_8)));
  }
}
