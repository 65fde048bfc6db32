package io.tenure.experiment.domain;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Variant;
import java.util.List;

/**
 * A switch whose value is decided for each user.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it is for
 * @param enabled false serves the off variant to everybody
 * @param variants the possible values
 * @param offVariant name of the variant served when disabled
 * @param rules tried in order
 * @param fallthrough decides when no rule does
 * @param salt mixed into the hash; empty means the key
 */
public record Flag(
    String key,
    String displayName,
    String description,
    boolean enabled,
    List<Variant> variants,
    String offVariant,
    List<FlagRule> rules,
    Allocation fallthrough,
    String salt) {

  /** Copies the lists. */
  public Flag {
    variants = List.copyOf(variants);
    rules = List.copyOf(rules);
  }

  /** The flag as the evaluator decides it. */
  io.tenure.evaluator.Flag decided() {
    Dealing dealing = Dealing.of(UnitType.USER, salt.isEmpty() ? key : salt);
    return new io.tenure.evaluator.Flag(
        key,
        enabled,
        variants,
        offVariant,
        List.of(),
        List.of(),
        rules.stream()
            .map(rule -> Rule.of(rule.name(), rule.condition(), rule.allocation().serving(dealing)))
            .toList(),
        fallthrough.serving(dealing));
  }
}
