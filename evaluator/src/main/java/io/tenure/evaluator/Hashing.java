package io.tenure.evaluator;

import static com.dynatrace.hash4j.hashing.Hashing.murmur3_32;

import com.dynatrace.hash4j.hashing.Hasher32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ways to place a unit in one of several buckets. {@link #MURMUR3} is ours; the others repeat what
 * peers do, so that an imported experiment goes on with the same units.
 */
public enum Hashing {
  /** {@code murmur3_x86_32(utf8(salt + ":" + unit), seed 0)}; use it with {@link #BUCKETS}. */
  MURMUR3,
  /** GrowthBook's first version and its namespaces: {@code fnv1a32(unit + salt) mod n}. */
  GROWTHBOOK_1,
  /** GrowthBook's second version: {@code fnv1a32(decimal(fnv1a32(salt + unit))) mod n}. */
  GROWTHBOOK_2,
  /** Unleash's rollouts: {@code murmur3(salt + ":" + unit, seed 0) mod n}. */
  UNLEASH,
  /** Unleash's variants: the same with the seed 86028157. */
  UNLEASH_VARIANT,
  /** flagd's fractional operator: {@code (murmur3(salt + unit, seed 0) * n) >>> 32}. */
  FLAGD,
  /** Eppo's shards: the first 32 bits of {@code md5(salt + "-" + unit)}, {@code mod n}. */
  EPPO;

  /** Number of buckets of {@link #MURMUR3}: one for each hash. */
  public static final long BUCKETS = 1L << 32;

  private static final Hasher32 MURMUR = murmur3_32(0);
  private static final Hasher32 MURMUR_VARIANT = murmur3_32(86_028_157);
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  /**
   * What a salt contributes to each hash, to be made once.
   *
   * @param salt mixed into the hash so that one dealing says nothing about another
   */
  byte[] prefix(String salt) {
    String prefix =
        switch (this) {
          case MURMUR3, UNLEASH, UNLEASH_VARIANT -> salt + ':';
          case EPPO -> salt + '-';
          case GROWTHBOOK_1, GROWTHBOOK_2, FLAGD -> salt;
        };
    return prefix.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The bucket of a unit, in [0, buckets).
   *
   * @param prefix of the same salt
   */
  long bucket(String salt, byte[] prefix, String unit, long buckets) {
    return switch (this) {
      case MURMUR3, UNLEASH -> Keys.hash(MURMUR, prefix, unit) % buckets;
      case UNLEASH_VARIANT -> Keys.hash(MURMUR_VARIANT, prefix, unit) % buckets;
      case FLAGD -> Keys.hash(MURMUR, prefix, unit) * buckets >>> Integer.SIZE;
      case GROWTHBOOK_1 -> fnv1a(unit + salt) % buckets;
      case GROWTHBOOK_2 -> fnv1a(Long.toString(fnv1a(salt + unit))) % buckets;
      case EPPO -> md5(prefix, unit) % buckets;
    };
  }

  /** FNV-1a with 32 bits over UTF-16 code units, which is what JavaScript's strings are made of. */
  private static long fnv1a(String text) {
    int hash = FNV_OFFSET;
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }

  private static long md5(byte[] prefix, String unit) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(prefix);
      byte[] digest = md5.digest(unit.getBytes(StandardCharsets.UTF_8));
      long first = 0;
      for (int index = 0; index < Integer.BYTES; index++) {
        first = first << Byte.SIZE | Byte.toUnsignedInt(digest[index]);
      }
      return first;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
