package io.tenure.alert.domain;

import java.util.Set;

/**
 * Who a rule warns about. The segment service owns the language, so the tree stays closed here: as
 * the JSON that is sent there, and in words for people.
 *
 * @param json the condition as protocol JSON; empty when none was given
 * @param words the condition in words, readable after "The user ..."
 * @param traits names of the traits it compares
 */
public record Condition(String json, String words, Set<String> traits) {

  /** No condition; never valid in a rule. */
  public static final Condition NONE = new Condition("", "", Set.of());

  /** Keeps its own copy. */
  public Condition {
    traits = Set.copyOf(traits);
  }

  /** Whether none was given. */
  public boolean isMissing() {
    return json.isEmpty();
  }
}
