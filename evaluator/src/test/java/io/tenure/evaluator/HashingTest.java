package io.tenure.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors the peers publish, or computed by another implementation where they publish none. */
final class HashingTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, a, 220",
        "``, b, 77",
        "b, a, 946",
        "ef, d, 652",
        "asdf, 8952klfjas09ujk, 549",
        "``, 123, 11",
        "``, `___)((*\":&`, 563",
      })
  void growthBookFirstVersion(String salt, String unit, long bucket) {
    assertThat(bucket(Hashing.GROWTHBOOK_1, salt, unit, 1_000)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "seed, a, 505",
        "seed, b, 2696",
        "foo, ab, 2575",
        "foo, def, 2019",
        "89123klj, 8952klfjas09ujkasdf, 1240",
        "90850943850283058242805, 123, 7516",
        "()**(%$##$%#$#, `___)((*\":&`, 128",
      })
  void growthBookSecondVersion(String salt, String unit, long bucket) {
    assertThat(bucket(Hashing.GROWTHBOOK_2, salt, unit, 10_000)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({"gr1, 123, 73", "groupX, 999, 25"})
  void unleashRollouts(String salt, String unit, long normalised) {
    assertThat(bucket(Hashing.UNLEASH, salt, unit, 100) + 1).isEqualTo(normalised);
  }

  @ParameterizedTest
  @CsvSource({"toggle, 123, 1000, 912", "toggle, 用户-42, 100, 27"})
  void unleashVariants(String salt, String unit, long buckets, long bucket) {
    assertThat(bucket(Hashing.UNLEASH_VARIANT, salt, unit, buckets)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({
    "headerColor, jane@example.com, 100, 99",
    "headerColor, 用户-42, 100, 39",
    "'', a, 7, 1"
  })
  void flagdFractions(String salt, String unit, long buckets, long bucket) {
    assertThat(bucket(Hashing.FLAGD, salt, unit, buckets)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({"exp, alice, 10000, 9542", "exp, 用户-42, 10000, 4584", "salt-1, 0, 100, 26"})
  void eppoShards(String salt, String unit, long buckets, long bucket) {
    assertThat(bucket(Hashing.EPPO, salt, unit, buckets)).isEqualTo(bucket);
  }

  @Test
  void ourOwnHasABucketForEachHash() {
    assertThatThrownBy(() -> new Dealing(UnitType.USER, Hashing.MURMUR3, "s", 100))
        .hasMessageContaining("2^32");
  }

  private static long bucket(Hashing hashing, String salt, String unit, long buckets) {
    return new Dealing(UnitType.USER, hashing, salt, buckets).bucket(unit);
  }
}
