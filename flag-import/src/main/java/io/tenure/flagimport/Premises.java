package io.tenure.flagimport;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what the translation of a flag rests on. */
final class Premises {

  private final Map<String, EnumSet<Kind>> kinds = new TreeMap<>();
  private final Set<List<String>> known = new LinkedHashSet<>();

  /** The attribute is of one of these kinds, and of those that were named before. */
  void restrict(String attribute, Set<Kind> allowed, Json where) {
    EnumSet<Kind> left = kinds.computeIfAbsent(attribute, _ -> EnumSet.allOf(Kind.class));
    left.retainAll(allowed);
    if (left.isEmpty() || left.equals(EnumSet.of(Kind.ABSENT))) {
      throw where.refused(
          "'" + attribute + "' is compared in ways that only agree with ours when it is not there");
    }
  }

  Set<Kind> of(String attribute) {
    return kinds.getOrDefault(attribute, EnumSet.allOf(Kind.class));
  }

  /** At least one of these attributes is there, to be dealt by. */
  void requireOneOf(List<String> attributes) {
    known.add(List.copyOf(attributes));
  }

  /** What holds for another flag must hold for this one, which asks it. */
  void include(Premises others, Json where) {
    others.kinds.forEach((attribute, allowed) -> restrict(attribute, allowed, where));
    known.addAll(others.known);
  }

  List<Premise> of(String flag, Set<Kind> idKinds) {
    List<Premise> premises = new ArrayList<>();
    kinds.forEach(
        (attribute, allowed) -> {
          if (allowed.size() < Kind.values().length) {
            premises.add(new Premise(flag, List.of(attribute), allowed));
          }
        });
    known.forEach(attributes -> premises.add(new Premise(flag, attributes, idKinds)));
    return premises;
  }
}
