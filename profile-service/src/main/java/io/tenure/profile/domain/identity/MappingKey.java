package io.tenure.profile.domain.identity;

/**
 * A key ids may have by the plan ID_MAPPING; its place in the plan is its priority.
 *
 * @param name as it is sent
 * @param cap how many ids of the key one user may have
 * @param overflow what becomes of one more
 * @param parent a key of higher priority whose user its ids follow; empty for none
 */
public record MappingKey(String name, int cap, Overflow overflow, String parent) {

  /** What becomes of an id nobody has when the user it would join has as many as it may. */
  public enum Overflow {
    /** It does not join. */
    REFUSE,
    /** The user's oldest id of the key leaves. */
    REPLACE_OLDEST
  }
}
