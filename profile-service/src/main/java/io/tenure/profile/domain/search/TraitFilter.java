package io.tenure.profile.domain.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A question about the traits of one user that is true or false. */
public sealed interface TraitFilter {

  /** The traits it names. */
  default Set<String> traits() {
    return switch (this) {
      case All(List<TraitFilter> parts) -> traits(parts);
      case Any(List<TraitFilter> parts) -> traits(parts);
      case Not(TraitFilter part) -> part.traits();
      case Compare(String trait, Comparison comparison) -> Set.of(trait);
    };
  }

  /** The traits whose values it compares; whether there is one tells nothing about it. */
  default Set<String> compared() {
    return switch (this) {
      case All(List<TraitFilter> parts) -> compared(parts);
      case Any(List<TraitFilter> parts) -> compared(parts);
      case Not(TraitFilter part) -> part.compared();
      case Compare(String trait, Comparison comparison) ->
          comparison instanceof Comparison.IsSet ? Set.of() : Set.of(trait);
    };
  }

  private static Set<String> compared(List<TraitFilter> parts) {
    return parts.stream().flatMap(part -> part.compared().stream()).collect(Collectors.toSet());
  }

  private static Set<String> traits(List<TraitFilter> parts) {
    return parts.stream().flatMap(part -> part.traits().stream()).collect(Collectors.toSet());
  }

  /** True when every part is; of an empty list always. */
  record All(List<TraitFilter> parts) implements TraitFilter {
    /** True of every user. */
    public static final All EVERYBODY = new All(List.of());

    /** Copies the parts. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** True when at least one part is. */
  record Any(List<TraitFilter> parts) implements TraitFilter {
    /** Copies the parts. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** True when the part is not, also for users without the trait. */
  record Not(TraitFilter part) implements TraitFilter {}

  /** Compares one trait. */
  record Compare(String trait, Comparison comparison) implements TraitFilter {}
}
