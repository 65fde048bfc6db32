package io.tenure.experiment.domain;

import java.util.List;

/**
 * A switch whose value is decided for each user.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it is for
 * @param enabled false serves the off variant to everybody
 * @param variants the possible values
 * @param offVariant name of the variant served when disabled
 * @param rules tried in order
 * @param fallthrough decides when no rule does
 * @param salt mixed into the hash; empty means the key
 */
public record Flag(
    String key,
    String displayName,
    String description,
    boolean enabled,
    List<Variant> variants,
    String offVariant,
    List<FlagRule> rules,
    Allocation fallthrough,
    String salt) {

  /** Copies the lists. */
  public Flag {
    variants = List.copyOf(variants);
    rules = List.copyOf(rules);
  }

  /**
   * The value of a variant.
   *
   * @throws IllegalArgumentException when the flag has no such variant
   */
  public Value valueOf(String variant) {
    for (Variant candidate : variants) {
      if (candidate.name().equals(variant)) {
        return candidate.value();
      }
    }
    throw new IllegalArgumentException("The flag '" + key + "' has no variant '" + variant + "'");
  }

  /** The bucket of a unit on this flag's circle. */
  public long bucketOf(String unit) {
    return Bucketing.bucket(salt.isEmpty() ? key : salt, unit);
  }
}
