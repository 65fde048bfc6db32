package io.tenure.evaluator;

import java.util.Set;

/**
 * Another flag that must serve one of some variants.
 *
 * @param flag its key
 * @param variants their names
 */
public record Prerequisite(String flag, Set<String> variants) {

  /** Copies the set. */
  public Prerequisite {
    variants = Set.copyOf(variants);
  }
}
