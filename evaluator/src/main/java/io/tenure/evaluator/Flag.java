package io.tenure.evaluator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A switch whose value is decided for each subject.
 *
 * @param key stable and unique in its set
 * @param enabled false serves the off variant to everybody
 * @param variants the values it can have
 * @param offVariant served when it is disabled, or a prerequisite is not met
 * @param forced first of all
 * @param prerequisites other flags that must be as it wants
 * @param rules tried in order
 * @param fallthrough decides when no rule does
 */
public record Flag(
    String key,
    boolean enabled,
    List<Variant> variants,
    String offVariant,
    List<Forced> forced,
    List<Prerequisite> prerequisites,
    List<Rule> rules,
    Serving fallthrough) {

  /** Accepts only names of its own variants. */
  public Flag {
    variants = List.copyOf(variants);
    forced = List.copyOf(forced);
    prerequisites = List.copyOf(prerequisites);
    rules = List.copyOf(rules);
    Set<String> names = new HashSet<>();
    for (Variant variant : variants) {
      if (!names.add(variant.name())) {
        throw new IllegalArgumentException(
            "The flag '" + key + "' has two variants '" + variant.name() + "'");
      }
    }
    Stream.of(
            Stream.of(offVariant),
            forced.stream().flatMap(list -> list.variants().values().stream()),
            rules.stream().flatMap(rule -> named(rule.serving())),
            named(fallthrough))
        .flatMap(name -> name)
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "The flag '" + key + "' has no variant '" + name + "'");
            });
  }

  /**
   * A variant by name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Variant variant(String name) {
    return variants.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The flag '" + key + "' has no variant '" + name + "'"));
  }

  /** Flags it or one of its rules waits for. */
  Stream<String> waitsFor() {
    return Stream.concat(
            prerequisites.stream(), rules.stream().flatMap(rule -> rule.prerequisites().stream()))
        .map(Prerequisite::flag)
        .distinct();
  }

  private static Stream<String> named(Serving serving) {
    return switch (serving) {
      case Serving.Fixed(String variant) -> Stream.of(variant);
      case Serving.Split split -> split.arms().stream().map(Arm::variant);
    };
  }
}
