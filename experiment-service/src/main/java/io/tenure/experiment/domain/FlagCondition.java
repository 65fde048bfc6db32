package io.tenure.experiment.domain;

import java.util.List;

/**
 * The part of the condition language a flag may use: what can be answered at once about one user.
 */
public sealed interface FlagCondition {

  /** True when every part is. */
  record All(List<FlagCondition> parts) implements FlagCondition {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** True when one part is. */
  record Any(List<FlagCondition> parts) implements FlagCondition {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** True when the inner one is false. */
  record Not(FlagCondition inner) implements FlagCondition {}

  /** Compares a trait. */
  record Trait(String name, Operator operator, List<Value> values) implements FlagCondition {
    /** Copies the list. */
    public Trait {
      values = List.copyOf(values);
    }
  }

  /** Asks for membership of a segment. */
  record Member(String segmentId) implements FlagCondition {}
}
