package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Keyed;
import java.util.List;
import java.util.stream.Stream;

/**
 * A switch whose value is decided for each unit.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it is for
 * @param enabled false serves the off variant to everybody
 * @param unit what its allocations deal
 * @param variants the possible values
 * @param offVariant name of the variant served when disabled
 * @param forced lists, asked first
 * @param prerequisites other flags that must be as it wants
 * @param rules tried in order
 * @param fallthrough decides when no rule does
 * @param salt mixed into the hash; empty means the key
 */
public record Flag(
    String key,
    String displayName,
    String description,
    boolean enabled,
    UnitType unit,
    List<Variant> variants,
    String offVariant,
    List<Forced> forced,
    List<Prerequisite> prerequisites,
    List<FlagRule> rules,
    Allocation fallthrough,
    String salt)
    implements Keyed {

  /** Copies the lists. */
  public Flag {
    variants = List.copyOf(variants);
    forced = List.copyOf(forced);
    prerequisites = List.copyOf(prerequisites);
    rules = List.copyOf(rules);
  }

  /**
   * The flag as the evaluator decides it. A rule that names an experiment which decides nothing now
   * is left out.
   */
  public io.tenure.evaluator.Flag decided(Trials trials) {
    Dealing dealing = Dealing.of(unit, salt.isEmpty() ? key : salt);
    return new io.tenure.evaluator.Flag(
        key,
        enabled,
        variants,
        offVariant,
        forced,
        prerequisites,
        rules.stream().flatMap(rule -> decided(rule, dealing, trials)).toList(),
        fallthrough.serving(dealing));
  }

  private static Stream<Rule> decided(FlagRule rule, Dealing dealing, Trials trials) {
    return switch (rule.serving()) {
      case Allocation allocation ->
          Stream.of(decided(rule, new Trial(rule.condition(), allocation.serving(dealing))));
      case RuleServing.Imported(Serving.Split split) ->
          Stream.of(decided(rule, new Trial(rule.condition(), split)));
      case RuleServing.Tested(String experiment) ->
          Stream.ofNullable(trials.of(experiment)).map(trial -> decided(rule, trial));
    };
  }

  private static Rule decided(FlagRule rule, Trial trial) {
    return new Rule(
        rule.name(), rule.schedule(), rule.prerequisites(), trial.audience(), trial.serving());
  }

  /** Everything it waits for, its rules included. */
  public Stream<Prerequisite> waitsFor() {
    return Stream.concat(
        prerequisites.stream(), rules.stream().flatMap(rule -> rule.prerequisites().stream()));
  }

  /** Whether one of its rules serves an experiment. */
  public boolean tests(String experiment) {
    return rules.stream()
        .anyMatch(rule -> rule.serving().equals(new RuleServing.Tested(experiment)));
  }
}
