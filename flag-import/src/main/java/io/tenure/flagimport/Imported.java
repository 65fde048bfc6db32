package io.tenure.flagimport;

import io.tenure.evaluator.Flag;
import java.util.List;

/**
 * What came of a document: each of its flags is either among the flags or among the refusals.
 *
 * @param flags those that decide as they did; together they make a flag set
 * @param premises what that rests on
 * @param refusals the others
 */
public record Imported(List<Flag> flags, List<Premise> premises, List<Refusal> refusals) {

  /**
   * Name of the variant that stands for the value the asking program brings along: peers serve it
   * where a flag says nothing. Its value is null.
   */
  public static final String CALLERS_DEFAULT = "(default)";

  /** Copies the lists. */
  public Imported {
    flags = List.copyOf(flags);
    premises = List.copyOf(premises);
    refusals = List.copyOf(refusals);
  }
}
