package io.tenure.evaluator;

import java.util.Comparator;

/**
 * Where what was dealt is kept: by the unit that was dealt and the split that dealt it. Splits of
 * one key that deal the same kind of unit share what is kept.
 *
 * @param unit kind of unit the split deals
 * @param split key of the split
 */
public record KeptKey(UnitType unit, String split) implements Comparable<KeptKey> {

  private static final Comparator<KeptKey> ORDER =
      Comparator.comparing(KeptKey::unit).thenComparing(KeptKey::split);

  @Override
  public int compareTo(KeptKey other) {
    return ORDER.compare(this, other);
  }
}
