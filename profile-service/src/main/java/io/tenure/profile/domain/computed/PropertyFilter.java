package io.tenure.profile.domain.computed;

import java.util.List;

/** Compares a property of an event; the operators of the condition language. */
public record PropertyFilter(String property, Operator operator, List<Operand> operands) {

  /** Keeps its own copy. */
  public PropertyFilter {
    operands = List.copyOf(operands);
  }

  /** How the property is compared. */
  public enum Operator {
    /** Equal to one of the operands. */
    EQUAL,
    /** Present and equal to none of the operands, or absent. */
    NOT_EQUAL,
    /** Numerically less. */
    LESS,
    /** Numerically at most. */
    LESS_OR_EQUAL,
    /** Numerically greater. */
    GREATER,
    /** Numerically at least. */
    GREATER_OR_EQUAL,
    /** Contains the text. */
    CONTAINS,
    /** Starts with the text. */
    STARTS_WITH,
    /** Present. */
    IS_SET,
    /** Absent. */
    IS_NOT_SET
  }

  /** What kind of value an operand is. */
  public enum Kind {
    /** Text. */
    TEXT,
    /** A decimal number in plain form. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG
  }

  /** A value the property is compared with. */
  public record Operand(Kind kind, String text) {}
}
