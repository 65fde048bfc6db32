package io.tenure.evaluator;

/**
 * Deals units to buckets. Two dealings with different salts are independent: where a unit lies in
 * one says nothing about the other.
 *
 * @param unit what is dealt
 * @param hashing how
 * @param salt mixed into the hash
 * @param buckets how many there are
 */
public record Dealing(UnitType unit, Hashing hashing, String salt, long buckets) {

  /** Accepts 1 to 2^32 buckets; {@link Hashing#MURMUR3} has one for each hash. */
  public Dealing {
    if (buckets < 1 || buckets > Hashing.BUCKETS) {
      throw new IllegalArgumentException("A dealing has 1 to 2^32 buckets");
    }
    if (hashing == Hashing.MURMUR3 && buckets != Hashing.BUCKETS) {
      throw new IllegalArgumentException("A dealing by murmur3 has 2^32 buckets");
    }
  }

  /** Our own way, for everything that is not imported. */
  public static Dealing of(UnitType unit, String salt) {
    return new Dealing(unit, Hashing.MURMUR3, salt, Hashing.BUCKETS);
  }

  /** The bucket of a unit, in [0, buckets). */
  public long bucket(String id) {
    return hashing.bucket(salt, hashing.prefix(salt), id, buckets);
  }
}
