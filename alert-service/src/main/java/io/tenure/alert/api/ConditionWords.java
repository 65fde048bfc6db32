package io.tenure.alert.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.LatestCondition;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.PropertyFilter;
import io.tenure.proto.condition.v1.SequenceCondition;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.condition.v1.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Says a condition in plain English, readable after "The user ...". */
final class ConditionWords {

  private static final List<Unit> UNITS =
      List.of(new Unit(86_400, "day"), new Unit(3_600, "hour"), new Unit(60, "minute"));

  private record Unit(long seconds, String name) {}

  private ConditionWords() {}

  static String of(Condition condition) {
    return switch (condition.getKindCase()) {
      case ALL -> joined(condition.getAll().getConditionsList(), " and ");
      case ANY -> joined(condition.getAny().getConditionsList(), " or ");
      case NOT -> "does not fulfil this: (" + of(condition.getNot()) + ")";
      case TRAIT -> trait(condition.getTrait());
      case EVENT -> event(condition.getEvent());
      case LATEST -> latest(condition.getLatest());
      case SEGMENT -> "is in the segment " + condition.getSegment().getSegmentId();
      case SEQUENCE -> sequence(condition.getSequence());
      case KIND_NOT_SET -> "fulfils nothing";
    };
  }

  private static String joined(List<Condition> parts, String word) {
    return parts.stream().map(ConditionWords::part).collect(Collectors.joining(word));
  }

  private static String part(Condition condition) {
    return switch (condition.getKindCase()) {
      case ALL, ANY -> "(" + of(condition) + ")";
      case NOT, TRAIT, EVENT, LATEST, SEGMENT, SEQUENCE, KIND_NOT_SET -> of(condition);
    };
  }

  private static String trait(TraitCondition trait) {
    return "has the trait "
        + trait.getName()
        + " that "
        + comparison(trait.getOperator(), trait.getValuesList());
  }

  private static String latest(LatestCondition latest) {
    return "has a latest "
        + latest.getProperty()
        + (latest.getSelector().getName().isEmpty() && latest.getSelector().getFiltersCount() == 0
            ? ""
            : " (of " + selector(latest.getSelector()) + ")")
        + " that "
        + comparison(latest.getOperator(), latest.getValuesList());
  }

  private static String sequence(SequenceCondition sequence) {
    return "did "
        + sequence.getStepsList().stream()
            .map(ConditionWords::selector)
            .collect(Collectors.joining(", then "))
        + " within "
        + length(sequence.getWithin().getSeconds())
        + (sequence.hasWindow() ? ", starting" + window(sequence.getWindow()) : "");
  }

  private static String event(EventCondition event) {
    String what = selector(event.getSelector());
    long count = event.getCount();
    String when = window(event.getWindow());
    if (isNever(event.getOperator(), count)) {
      return "did not do " + what + when;
    }
    String times = count == 1 ? " time" : " times";
    return switch (event.getOperator()) {
      case OPERATOR_EQUAL -> "did " + what + " exactly " + count + times + when;
      case OPERATOR_NOT_EQUAL -> "did " + what + " any but " + count + times + when;
      case OPERATOR_LESS -> "did " + what + " less than " + count + times + when;
      case OPERATOR_LESS_OR_EQUAL -> "did " + what + " at most " + count + times + when;
      case OPERATOR_GREATER -> "did " + what + " more than " + count + times + when;
      case OPERATOR_GREATER_OR_EQUAL ->
          count == 1 ? "did " + what + when : "did " + what + " at least " + count + times + when;
      case OPERATOR_CONTAINS,
          OPERATOR_STARTS_WITH,
          OPERATOR_IS_SET,
          OPERATOR_IS_NOT_SET,
          OPERATOR_HAS_ELEMENT,
          OPERATOR_UNSPECIFIED,
          UNRECOGNIZED ->
          "did " + what + when;
    };
  }

  private static boolean isNever(Operator operator, long count) {
    return (operator == Operator.OPERATOR_LESS && count == 1)
        || (operator == Operator.OPERATOR_LESS_OR_EQUAL && count == 0)
        || (operator == Operator.OPERATOR_EQUAL && count == 0);
  }

  private static String selector(EventSelector selector) {
    String name = selector.getName().isEmpty() ? "anything" : selector.getName();
    if (selector.getFiltersCount() == 0) {
      return name;
    }
    return selector.getFiltersList().stream()
        .map(ConditionWords::filter)
        .collect(Collectors.joining(" and ", name + " (with ", ")"));
  }

  private static String filter(PropertyFilter filter) {
    return filter.getName() + " that " + comparison(filter.getOperator(), filter.getValuesList());
  }

  private static String comparison(Operator operator, List<Value> values) {
    String list = values.stream().map(ConditionWords::text).collect(Collectors.joining(" or "));
    return switch (operator) {
      case OPERATOR_EQUAL -> "is " + list;
      case OPERATOR_NOT_EQUAL -> "is not " + list;
      case OPERATOR_LESS -> "is less than " + list;
      case OPERATOR_LESS_OR_EQUAL -> "is at most " + list;
      case OPERATOR_GREATER -> "is greater than " + list;
      case OPERATOR_GREATER_OR_EQUAL -> "is at least " + list;
      case OPERATOR_CONTAINS -> "contains " + list;
      case OPERATOR_STARTS_WITH -> "starts with " + list;
      case OPERATOR_HAS_ELEMENT -> "has " + list;
      case OPERATOR_IS_SET -> "is set";
      case OPERATOR_IS_NOT_SET -> "is not set";
      case OPERATOR_UNSPECIFIED, UNRECOGNIZED -> "compares with " + list;
    };
  }

  private static String text(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> '"' + value.getStringValue() + '"';
      case NUMBER_VALUE ->
          BigDecimal.valueOf(value.getNumberValue()).stripTrailingZeros().toPlainString();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case LIST_VALUE, STRUCT_VALUE, NULL_VALUE, KIND_NOT_SET -> "nothing";
    };
  }

  private static String window(Window window) {
    return switch (window.getKindCase()) {
      case LAST -> " in the last " + length(window.getLast().getSeconds());
      case INTERVAL ->
          " from "
              + time(window.getInterval().getStartTime())
              + " to "
              + time(window.getInterval().getEndTime());
      case KIND_NOT_SET -> "";
    };
  }

  private static String time(Timestamp time) {
    return Timestamps.isValid(time) ? Timestamps.toString(time) : "an invalid time";
  }

  private static String length(long seconds) {
    for (Unit unit : UNITS) {
      if (seconds >= unit.seconds() && seconds % unit.seconds() == 0) {
        long count = seconds / unit.seconds();
        return count + " " + unit.name() + (count == 1 ? "" : "s");
      }
    }
    return seconds + (seconds == 1 ? " second" : " seconds");
  }
}
