package io.tenure.flagimport;

import io.tenure.evaluator.Subject;
import java.util.List;
import java.util.Set;

/**
 * What the decisions of an imported flag being the same rests on. Peers turn text into numbers,
 * lists into text and nothing into zero; where a condition would make use of that, the translation
 * holds for attributes of some kinds only, and says so here.
 *
 * @param flag key of the flag
 * @param attributes at least one of these has one of the kinds; most premises name one attribute
 * @param kinds the kinds
 */
public record Premise(String flag, List<String> attributes, Set<Kind> kinds) {

  /** Copies both. */
  public Premise {
    attributes = List.copyOf(attributes);
    kinds = Set.copyOf(kinds);
  }

  /** Whether it is as it must be for a subject. */
  public boolean holds(Subject subject) {
    return attributes.stream()
        .anyMatch(attribute -> kinds.contains(Kind.of(subject.attribute(attribute))));
  }
}
