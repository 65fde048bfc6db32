package io.tenure.evaluator;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Value.Decimal;
import io.tenure.condition.domain.Value.Flag;
import io.tenure.condition.domain.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares an attribute as the condition language compares a trait: JSON keeps its types, what is
 * missing or null is not equal and neither less nor greater.
 */
@FunctionalInterface
interface AttributeTest {

  boolean holds(@Nullable Value attribute);

  static AttributeTest of(Comparison comparison) {
    return switch (comparison.operator()) {
      case IS_SET -> AttributeTest::isPresent;
      case IS_NOT_SET -> attribute -> !isPresent(attribute);
      case EQUAL -> isOneOf(comparison.values())::test;
      case NOT_EQUAL -> {
        Predicate<@Nullable Value> equal = isOneOf(comparison.values());
        yield attribute -> !equal.test(attribute);
      }
      case LESS -> order(comparison, sign -> sign < 0);
      case LESS_OR_EQUAL -> order(comparison, sign -> sign <= 0);
      case GREATER -> order(comparison, sign -> sign > 0);
      case GREATER_OR_EQUAL -> order(comparison, sign -> sign >= 0);
      case CONTAINS -> {
        String part = text(comparison);
        yield attribute -> attribute instanceof Value.Text(String text) && text.contains(part);
      }
      case STARTS_WITH -> {
        String start = text(comparison);
        yield attribute -> attribute instanceof Value.Text(String text) && text.startsWith(start);
      }
      case HAS_ELEMENT -> {
        Predicate<@Nullable Value> equal = isOneOf(comparison.values());
        yield attribute ->
            attribute instanceof Value.Items(List<Value> items) && items.stream().anyMatch(equal);
      }
    };
  }

  private static boolean isPresent(@Nullable Value attribute) {
    return attribute != null && !(attribute instanceof Value.Nothing);
  }

  private static Predicate<@Nullable Value> isOneOf(List<io.tenure.condition.domain.Value> values) {
    Set<String> texts = new HashSet<>();
    List<NumberBound> numbers = new ArrayList<>();
    Set<Boolean> truths = new HashSet<>();
    for (io.tenure.condition.domain.Value value : values) {
      switch (value) {
        case Text(String text) -> texts.add(text);
        case Decimal number -> numbers.add(new NumberBound(number));
        case Flag(boolean truth) -> truths.add(truth);
      }
    }
    NumberBound[] bounds = numbers.toArray(NumberBound[]::new);
    return attribute ->
        switch (attribute) {
          case Value.Text(String text) -> texts.contains(text);
          case Value.Numeric(double number) -> equalsOne(bounds, number);
          case Value.Truth(boolean truth) -> truths.contains(truth);
          case Value.Items _, Value.Fields _, Value.Nothing _ -> false;
          case null -> false;
        };
  }

  private static boolean equalsOne(NumberBound[] bounds, double number) {
    for (NumberBound bound : bounds) {
      if (bound.compare(number) == 0) {
        return true;
      }
    }
    return false;
  }

  private static AttributeTest order(Comparison comparison, IntPredicate holds) {
    if (comparison.values().getFirst() instanceof Decimal number) {
      NumberBound bound = new NumberBound(number);
      return attribute ->
          attribute instanceof Value.Numeric(double value)
              && !Double.isNaN(value)
              && holds.test(bound.compare(value));
    }
    throw new IllegalStateException("An order without a number");
  }

  private static String text(Comparison comparison) {
    if (comparison.values().getFirst() instanceof Text(String text)) {
      return text;
    }
    throw new IllegalStateException("A search without a text");
  }
}
