package io.tenure.collector.domain.intake;

import java.util.Set;

/**
 * The keys ids of a project may have.
 *
 * @param declared by the identity plan ID_MAPPING
 */
public record IdentityKeys(Set<String> declared) {

  /** What every other plan says: it has no keys, and looks at none. */
  public static final IdentityKeys ANY = new IdentityKeys(Set.of());

  /** Keeps its own copy. */
  public IdentityKeys {
    declared = Set.copyOf(declared);
  }

  /** Whether ids may have a key. */
  boolean allows(String key) {
    return declared.isEmpty() || declared.contains(key);
  }
}
