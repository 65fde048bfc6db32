package io.tenure.segment.api;

import static io.tenure.segment.api.Fields.at;

import com.google.protobuf.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Window;
import io.tenure.segment.domain.condition.Comparison;
import io.tenure.segment.domain.condition.Condition;
import io.tenure.segment.domain.condition.Operator;
import io.tenure.segment.domain.condition.PropertyFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates conditions of the contract into the domain's. A violation names the path to the part
 * that is wrong, for example {@code condition.all.conditions[1].trait.values}.
 */
final class ConditionReader {

  private static final int MAX_DEPTH = 12;
  private static final int MAX_NODES = 300;

  private int nodes;

  private ConditionReader() {}

  static Condition read(String path, io.tenure.proto.condition.v1.Condition condition) {
    return new ConditionReader().condition(path, condition, 1);
  }

  static io.tenure.segment.domain.condition.EventSelector selector(
      String path, EventSelector selector) {
    List<PropertyFilter> filters = new ArrayList<>();
    for (int index = 0; index < selector.getFiltersCount(); index++) {
      String at = path + ".filters[" + index + "]";
      io.tenure.proto.condition.v1.PropertyFilter filter = selector.getFilters(index);
      Comparison comparison = comparison(at, filter.getOperator(), filter.getValuesList());
      filters.add(at(at + ".name", () -> new PropertyFilter(filter.getName(), comparison)));
    }
    return at(
        path,
        () -> new io.tenure.segment.domain.condition.EventSelector(selector.getName(), filters));
  }

  static List<io.tenure.segment.domain.condition.EventSelector> selectors(
      String path, List<EventSelector> selectors) {
    List<io.tenure.segment.domain.condition.EventSelector> result = new ArrayList<>();
    for (int index = 0; index < selectors.size(); index++) {
      result.add(selector(path + "[" + index + "]", selectors.get(index)));
    }
    return result;
  }

  private Condition condition(
      String path, io.tenure.proto.condition.v1.Condition condition, int depth) {
    if (depth > MAX_DEPTH) {
      throw Failure.invalid(path, "is nested more than " + MAX_DEPTH + " levels deep");
    }
    if (++nodes > MAX_NODES) {
      throw Failure.invalid(path, "the whole condition has more than " + MAX_NODES + " parts");
    }
    return switch (condition.getKindCase()) {
      case ALL -> {
        List<Condition> parts = parts(path + ".all", condition.getAll(), depth);
        yield at(path + ".all", () -> new Condition.All(parts));
      }
      case ANY -> {
        List<Condition> parts = parts(path + ".any", condition.getAny(), depth);
        yield at(path + ".any", () -> new Condition.Any(parts));
      }
      case NOT -> new Condition.Not(condition(path + ".not", condition.getNot(), depth + 1));
      case TRAIT -> {
        var trait = condition.getTrait();
        Comparison comparison =
            comparison(path + ".trait", trait.getOperator(), trait.getValuesList());
        yield at(path + ".trait.name", () -> new Condition.Trait(trait.getName(), comparison));
      }
      case EVENT -> event(path + ".event", condition.getEvent());
      case LATEST -> latest(path + ".latest", condition.getLatest());
      case SEGMENT ->
          at(
              path + ".segment.segment_id",
              () -> new Condition.InSegment(condition.getSegment().getSegmentId()));
      case SEQUENCE -> sequence(path + ".sequence", condition.getSequence());
      case KIND_NOT_SET -> throw Failure.invalid(path, "needs exactly one kind of condition");
    };
  }

  private List<Condition> parts(String path, Conditions conditions, int depth) {
    List<Condition> parts = new ArrayList<>();
    for (int index = 0; index < conditions.getConditionsCount(); index++) {
      parts.add(
          condition(
              path + ".conditions[" + index + "]", conditions.getConditions(index), depth + 1));
    }
    return parts;
  }

  private static Condition event(String path, io.tenure.proto.condition.v1.EventCondition event) {
    var selector = selector(path + ".selector", event.getSelector());
    var operator = operator(path + ".operator", event.getOperator());
    var window = window(path + ".window", event.getWindow());
    return at(path, () -> new Condition.EventCount(selector, operator, event.getCount(), window));
  }

  private static Condition latest(
      String path, io.tenure.proto.condition.v1.LatestCondition latest) {
    var selector = selector(path + ".selector", latest.getSelector());
    Comparison comparison = comparison(path, latest.getOperator(), latest.getValuesList());
    return at(
        path + ".property", () -> new Condition.Latest(selector, latest.getProperty(), comparison));
  }

  private static Condition sequence(
      String path, io.tenure.proto.condition.v1.SequenceCondition sequence) {
    var steps = selectors(path + ".steps", sequence.getStepsList());
    if (!sequence.hasWithin()) {
      throw Failure.invalid(path + ".within", "is required");
    }
    var within = Fields.duration(path + ".within", sequence.getWithin());
    var window = window(path + ".window", sequence.getWindow());
    return at(path, () -> new Condition.Sequence(steps, within, window));
  }

  private static io.tenure.segment.domain.condition.Window window(String path, Window window) {
    return switch (window.getKindCase()) {
      case LAST -> {
        var length = Fields.duration(path + ".last", window.getLast());
        yield at(path + ".last", () -> new io.tenure.segment.domain.condition.Window.Last(length));
      }
      case INTERVAL -> {
        var range = Fields.range(path + ".interval", window.getInterval());
        yield at(
            path + ".interval", () -> new io.tenure.segment.domain.condition.Window.Between(range));
      }
      case KIND_NOT_SET -> new io.tenure.segment.domain.condition.Window.Always();
    };
  }

  private static Comparison comparison(
      String path, io.tenure.proto.condition.v1.Operator operator, List<Value> values) {
    Operator read = operator(path + ".operator", operator);
    List<io.tenure.segment.domain.condition.Value> operands = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      operands.add(value(path + ".values[" + index + "]", values.get(index)));
    }
    return at(path + ".values", () -> new Comparison(read, operands));
  }

  /** The shortest decimal that stands for the double is what was written: 0.1 is 0.1. */
  private static io.tenure.segment.domain.condition.Value value(String path, Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE ->
          at(path, () -> new io.tenure.segment.domain.condition.Value.Text(value.getStringValue()));
      case NUMBER_VALUE -> {
        if (!Double.isFinite(value.getNumberValue())) {
          throw Failure.invalid(path, "is not a finite number");
        }
        BigDecimal number = BigDecimal.valueOf(value.getNumberValue());
        yield at(path, () -> new io.tenure.segment.domain.condition.Value.Decimal(number));
      }
      case BOOL_VALUE -> new io.tenure.segment.domain.condition.Value.Flag(value.getBoolValue());
      case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET ->
          throw Failure.invalid(path, "must be a string, a number or a boolean");
    };
  }

  private static Operator operator(String path, io.tenure.proto.condition.v1.Operator operator) {
    return switch (operator) {
      case OPERATOR_EQUAL -> Operator.EQUAL;
      case OPERATOR_NOT_EQUAL -> Operator.NOT_EQUAL;
      case OPERATOR_LESS -> Operator.LESS;
      case OPERATOR_LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case OPERATOR_GREATER -> Operator.GREATER;
      case OPERATOR_GREATER_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case OPERATOR_CONTAINS -> Operator.CONTAINS;
      case OPERATOR_STARTS_WITH -> Operator.STARTS_WITH;
      case OPERATOR_IS_SET -> Operator.IS_SET;
      case OPERATOR_IS_NOT_SET -> Operator.IS_NOT_SET;
      case OPERATOR_HAS_ELEMENT -> throw Failure.invalid(path, "is for searching profiles only");
      case OPERATOR_UNSPECIFIED -> throw Failure.invalid(path, "is required");
      case UNRECOGNIZED -> throw Failure.invalid(path, "is none this version knows");
    };
  }
}
