package io.tenure.profile.api;

import com.google.protobuf.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.search.Comparison;
import io.tenure.profile.domain.search.Comparison.Sign;
import io.tenure.profile.domain.search.TraitFilter;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.TraitCondition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the part of the condition language that asks for traits. A violation names the path to what
 * is wrong, for example {@code condition.all.conditions[1].trait.values}.
 */
final class TraitFilterReader {

  private static final int MAX_DEPTH = 12;
  private static final int MAX_PARTS = 300;
  private static final int MAX_CHILDREN = 50;
  private static final int MAX_VALUES = 1000;

  /** Values travel to the store in the address of a request, whose length is limited. */
  private static final int MAX_CHARACTERS = 50_000;

  private int parts;
  private int characters;

  private TraitFilterReader() {}

  static TraitFilter read(Condition condition) {
    return new TraitFilterReader().filter("condition", condition, 1);
  }

  private TraitFilter filter(String path, Condition condition, int depth) {
    if (depth > MAX_DEPTH) {
      throw Failure.invalid(path, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    if (++parts > MAX_PARTS) {
      throw Failure.invalid(path, "the whole condition has more than " + MAX_PARTS + " parts");
    }
    return switch (condition.getKindCase()) {
      case ALL ->
          new TraitFilter.All(
              children(path + ".all", condition.getAll().getConditionsList(), depth));
      case ANY ->
          new TraitFilter.Any(
              children(path + ".any", condition.getAny().getConditionsList(), depth));
      case NOT -> new TraitFilter.Not(filter(path + ".not", condition.getNot(), depth + 1));
      case TRAIT -> trait(path + ".trait", condition.getTrait());
      case EVENT, LATEST, SEGMENT, SEQUENCE ->
          throw Failure.invalid(path, "profiles are searched by traits only; make a segment");
      case KIND_NOT_SET -> throw Failure.invalid(path, "is required");
    };
  }

  private List<TraitFilter> children(String path, List<Condition> conditions, int depth) {
    if (conditions.isEmpty() || conditions.size() > MAX_CHILDREN) {
      throw Failure.invalid(path + ".conditions", "takes 1 to " + MAX_CHILDREN);
    }
    List<TraitFilter> children = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      children.add(filter(path + ".conditions[" + i + "]", conditions.get(i), depth + 1));
    }
    return children;
  }

  private TraitFilter trait(String path, TraitCondition trait) {
    String name = trait.getName();
    if (name.isEmpty() || name.length() > RequestChecks.MAX_NAME_LENGTH) {
      throw Failure.invalid(
          path + ".name", "has 1 to " + RequestChecks.MAX_NAME_LENGTH + " characters");
    }
    count(path + ".name", name);
    String at = path + ".values";
    List<Value> values = trait.getValuesList();
    return switch (trait.getOperator()) {
      case OPERATOR_EQUAL -> compare(name, new Comparison.OneOf(values(at, values)));
      case OPERATOR_NOT_EQUAL -> not(compare(name, new Comparison.OneOf(values(at, values))));
      case OPERATOR_HAS_ELEMENT -> compare(name, new Comparison.HasElement(values(at, values)));
      case OPERATOR_LESS -> ordered(name, Sign.LESS, at, values);
      case OPERATOR_LESS_OR_EQUAL -> ordered(name, Sign.LESS_OR_EQUAL, at, values);
      case OPERATOR_GREATER -> ordered(name, Sign.GREATER, at, values);
      case OPERATOR_GREATER_OR_EQUAL -> ordered(name, Sign.GREATER_OR_EQUAL, at, values);
      case OPERATOR_CONTAINS -> compare(name, new Comparison.Contains(text(at, values)));
      case OPERATOR_STARTS_WITH -> compare(name, new Comparison.StartsWith(text(at, values)));
      case OPERATOR_IS_SET -> isSet(name, at, values);
      case OPERATOR_IS_NOT_SET -> not(isSet(name, at, values));
      case OPERATOR_UNSPECIFIED -> throw Failure.invalid(path + ".operator", "is required");
      case UNRECOGNIZED -> throw Failure.invalid(path + ".operator", "is none this version knows");
    };
  }

  private static TraitFilter compare(String name, Comparison comparison) {
    return new TraitFilter.Compare(name, comparison);
  }

  private static TraitFilter not(TraitFilter filter) {
    return new TraitFilter.Not(filter);
  }

  private static TraitFilter isSet(String name, String path, List<Value> values) {
    if (!values.isEmpty()) {
      throw Failure.invalid(path, "the operator takes no values");
    }
    return compare(name, new Comparison.IsSet());
  }

  private TraitFilter ordered(String name, Sign sign, String path, List<Value> values) {
    if (values.size() == 1
        && value(path, values.getFirst())
            instanceof io.tenure.profile.domain.search.Value.Number(BigDecimal bound)) {
      return compare(name, new Comparison.Ordered(sign, bound));
    }
    throw Failure.invalid(path, "the operator takes exactly one number");
  }

  private String text(String path, List<Value> values) {
    if (values.size() == 1
        && value(path, values.getFirst())
            instanceof io.tenure.profile.domain.search.Value.Text(String text)
        && !text.isEmpty()) {
      return text;
    }
    throw Failure.invalid(path, "the operator takes exactly one text that is not empty");
  }

  private List<io.tenure.profile.domain.search.Value> values(String path, List<Value> values) {
    if (values.isEmpty() || values.size() > MAX_VALUES) {
      throw Failure.invalid(path, "the operator takes 1 to " + MAX_VALUES);
    }
    List<io.tenure.profile.domain.search.Value> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      read.add(value(path + "[" + i + "]", values.get(i)));
    }
    return read;
  }

  /** The shortest decimal that stands for the double is what was written: 0.1 is 0.1. */
  private io.tenure.profile.domain.search.Value value(String path, Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> {
        count(path, value.getStringValue());
        yield new io.tenure.profile.domain.search.Value.Text(value.getStringValue());
      }
      case NUMBER_VALUE -> new io.tenure.profile.domain.search.Value.Number(number(path, value));
      case BOOL_VALUE -> new io.tenure.profile.domain.search.Value.Flag(value.getBoolValue());
      case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET ->
          throw Failure.invalid(path, "must be a string, a number or a boolean");
    };
  }

  private BigDecimal number(String path, Value value) {
    if (!Double.isFinite(value.getNumberValue())) {
      throw Failure.invalid(path, "is not a finite number");
    }
    BigDecimal number = BigDecimal.valueOf(value.getNumberValue());
    if (!io.tenure.profile.domain.search.Value.isComparable(number)) {
      throw Failure.invalid(path, "has more than 38 digits before or after the point");
    }
    count(path, number.toPlainString());
    return number;
  }

  private void count(String path, String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw Failure.invalid(
          path, "the whole condition has more than " + MAX_CHARACTERS + " characters");
    }
  }
}
