package io.tenure.experiment.domain;

import io.tenure.experiment.domain.FlagCondition.All;
import io.tenure.experiment.domain.FlagCondition.Any;
import io.tenure.experiment.domain.FlagCondition.Member;
import io.tenure.experiment.domain.FlagCondition.Not;
import io.tenure.experiment.domain.FlagCondition.Trait;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * Answers a condition for one user, with the meaning the condition language gives to segments: a
 * missing trait fulfils only {@code NOT_EQUAL} and {@code IS_NOT_SET}, and a comparison with
 * another type is false.
 */
final class ConditionInterpreter {

  private ConditionInterpreter() {}

  static boolean holds(FlagCondition condition, Subject subject) {
    return switch (condition) {
      case All all -> all.parts().stream().allMatch(part -> holds(part, subject));
      case Any any -> any.parts().stream().anyMatch(part -> holds(part, subject));
      case Not not -> !holds(not.inner(), subject);
      case Trait trait -> compare(trait, subject.trait(trait.name()));
      case Member member -> subject.isMemberOf(member.segmentId());
    };
  }

  private static boolean compare(Trait trait, Optional<Value> left) {
    return switch (trait.operator()) {
      case EQUAL -> left.isPresent() && trait.values().contains(left.get());
      case NOT_EQUAL -> left.isEmpty() || !trait.values().contains(left.get());
      case LESS -> numeric(left, value -> value < number(trait));
      case LESS_OR_EQUAL -> numeric(left, value -> value <= number(trait));
      case GREATER -> numeric(left, value -> value > number(trait));
      case GREATER_OR_EQUAL -> numeric(left, value -> value >= number(trait));
      case CONTAINS -> textual(left, value -> value.contains(text(trait)));
      case STARTS_WITH -> textual(left, value -> value.startsWith(text(trait)));
      case IS_SET -> left.isPresent();
      case IS_NOT_SET -> left.isEmpty();
    };
  }

  private static boolean numeric(Optional<Value> left, DoublePredicate test) {
    return left.isPresent()
        && left.get() instanceof Value.Numeric(double value)
        && test.test(value);
  }

  private static boolean textual(Optional<Value> left, Predicate<String> test) {
    return left.isPresent() && left.get() instanceof Value.Text(String value) && test.test(value);
  }

  private static double number(Trait trait) {
    return trait.values().getFirst() instanceof Value.Numeric(double value) ? value : Double.NaN;
  }

  private static String text(Trait trait) {
    if (trait.values().getFirst() instanceof Value.Text(String value)) {
      return value;
    }
    throw new IllegalStateException("A flag was saved with a condition that was not inspected");
  }
}
