package io.tenure.flagimport;

import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Schedule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns conditions on the values of other features into sets of their variants: a flag has only so
 * many values, and the evaluator itself says for which of them a condition holds.
 */
final class GrowthBookParents {

  private static final String VALUE = "value";

  private final Translation others;
  private final Premises premises;
  private final Json savedGroups;

  GrowthBookParents(Translation others, Premises premises, Json savedGroups) {
    this.others = others;
    this.premises = premises;
    this.savedGroups = savedGroups;
  }

  /**
   * What a rule wants of other features.
   *
   * @param prerequisites when all of these are met, the rule is tried
   * @param blocks rules that go before it, and serve nothing at all when a gate is shut
   * @param possible false when it can never be tried
   */
  record Wishes(List<Prerequisite> prerequisites, List<Rule> blocks, boolean possible) {}

  Wishes of(String name, Json rule, String nothing) {
    List<Prerequisite> met = new ArrayList<>();
    List<Rule> blocks = new ArrayList<>();
    for (Json parent : rule.at("parentConditions").itemsIfGiven()) {
      parent.hasOnly(Set.of("id", "condition", "gate"));
      boolean gate = parent.at("gate").truthOr(false);
      Answer answer = answer(parent);
      if (gate && !answer.unfit().isEmpty()) {
        List<Prerequisite> shut = new ArrayList<>(met);
        answer.flag().ifPresent(flag -> shut.add(new Prerequisite(flag, answer.unfit())));
        blocks.add(new Rule(name, Schedule.ALWAYS, shut, null, new Serving.Fixed(nothing)));
      }
      if (answer.fit().isEmpty()) {
        return new Wishes(met, blocks, false);
      }
      if (answer.flag().isPresent() && !answer.unfit().isEmpty()) {
        met.add(new Prerequisite(answer.flag().get(), answer.fit()));
      }
    }
    return new Wishes(met, blocks, true);
  }

  /**
   * For which variants of a flag a condition holds.
   *
   * @param flag its key; none when there is no such flag, whose only value is null
   */
  private record Answer(Optional<String> flag, Set<String> fit, Set<String> unfit) {}

  private Answer answer(Json parent) {
    String key = parent.at("id").text();
    Optional<Translated> flag = others.flag(key, parent);
    flag.ifPresent(known -> premises.include(known.premises(), parent));
    List<Variant> variants =
        flag.map(known -> known.flag().variants())
            .orElse(List.of(new Variant(Imported.CALLERS_DEFAULT, new Value.Nothing())));
    Set<String> fit = new HashSet<>();
    Set<String> unfit = new HashSet<>();
    for (Variant variant : variants) {
      (holds(parent.at("condition"), variant.value()) ? fit : unfit).add(variant.name());
    }
    return new Answer(flag.map(known -> known.flag().key()), fit, unfit);
  }

  private boolean holds(Json condition, Value value) {
    if (!condition.isGiven()) {
      return true;
    }
    Premises own = new Premises();
    Claim claim = new MongoCondition(own, savedGroups).of(condition);
    if (!own.of(VALUE).contains(Kind.of(value))) {
      throw condition.refused("a value of the other feature is compared as JavaScript does");
    }
    return switch (claim) {
      case Claim.Constant(boolean holds) -> holds;
      case Claim.When(Condition question) -> answers(question, value);
    };
  }

  private static boolean answers(Condition question, Value value) {
    Flag flag =
        new Flag(
            VALUE,
            true,
            List.of(new Variant("yes", value), new Variant("no", value)),
            "no",
            List.of(),
            List.of(),
            List.of(Rule.of(VALUE, question, new Serving.Fixed("yes"))),
            new Serving.Fixed("no"));
    return FlagSet.of(List.of(flag)).decideAll(new Holder(value), Instant.EPOCH).stream()
        .anyMatch(outcome -> outcome.variant().equals("yes"));
  }

  /** A subject that is nothing but the value of a feature. */
  private record Holder(Value value) implements Subject {

    @Override
    public @Nullable String id(UnitType type) {
      return null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      return name.equals(VALUE) ? value : null;
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return null;
    }
  }
}
