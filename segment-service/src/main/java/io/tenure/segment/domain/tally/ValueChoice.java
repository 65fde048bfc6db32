package io.tenure.segment.domain.tally;

/**
 * Which users, where they are told apart by a value.
 *
 * @param kind all, those of one value, or those of all values that are not shown
 * @param text the value as a journey writes it; empty unless one is chosen, or for users without a
 *     value
 */
public record ValueChoice(Kind kind, String text) {

  /** Everybody. */
  public static final ValueChoice ALL = new ValueChoice(Kind.ALL, "");

  /** Users of the values that are not shown. */
  public static final ValueChoice OTHER = new ValueChoice(Kind.OTHER, "");

  /** How users are chosen. */
  public enum Kind {
    /** All. */
    ALL,
    /** Those of one value. */
    ONE,
    /** Those of all values that are not shown. */
    OTHER
  }

  /** Users of one value. */
  public static ValueChoice one(String text) {
    return new ValueChoice(Kind.ONE, text);
  }
}
