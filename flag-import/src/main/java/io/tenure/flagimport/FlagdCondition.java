package io.tenure.flagimport;

import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Translates the conditions of flagd's JsonLogic. Its engines convert types, each in its own way,
 * so a loose comparison holds for attributes of the type it is written with.
 */
final class FlagdCondition {

  private static final Set<String> TRUE_OR_FALSE =
      Set.of("==", "!=", "===", "!==", "<", "<=", ">", ">=", "!", "!!", "in", "starts_with");

  private final Premises premises;

  FlagdCondition(Premises premises) {
    this.premises = premises;
  }

  /** An operator with what it is applied to. */
  record Call(String operator, Json argument) {

    /** Its arguments; one alone may stand without a list. */
    List<Json> arguments() {
      return argument.isList() ? argument.items() : List.of(argument);
    }
  }

  static Call call(Json logic) {
    List<Json.Field> fields = logic.fields();
    if (fields.size() != 1) {
      throw logic.refused("one operator is expected here");
    }
    return new Call(fields.getFirst().name(), fields.getFirst().value());
  }

  /** Whether logic answers true or false, and nothing else. */
  static boolean isTrueOrFalse(Json logic) {
    if (!logic.isObject()) {
      return logic.isTruth();
    }
    Call call = call(logic);
    return switch (call.operator()) {
      case "and", "or" ->
          !call.arguments().isEmpty()
              && call.arguments().stream().allMatch(FlagdCondition::isTrueOrFalse);
      default -> TRUE_OR_FALSE.contains(call.operator());
    };
  }

  /** What logic asks, where only true or false matters. */
  Claim of(Json logic) {
    if (logic.isTruth()) {
      return Claim.of(logic.truth());
    }
    Call call = call(logic);
    return switch (call.operator()) {
      case "and" -> Claim.all(each(call));
      case "or" -> Claim.any(each(call));
      case "!", "!!" -> {
        Claim claim = of(only(call, 1).getFirst());
        yield call.operator().equals("!") ? claim.not() : claim;
      }
      case "==" -> equal(call, false);
      case "!=" -> equal(call, false).not();
      case "===" -> equal(call, true);
      case "!==" -> equal(call, true).not();
      case "<" -> order(call, Operator.LESS);
      case "<=" -> order(call, Operator.LESS_OR_EQUAL);
      case ">" -> order(call, Operator.GREATER);
      case ">=" -> order(call, Operator.GREATER_OR_EQUAL);
      case "in" -> in(call);
      case "starts_with" -> startsWith(call);
      case "var" -> truthy(logic);
      case "ends_with" -> throw logic.refused("how a text ends cannot be asked for here");
      case "sem_ver" -> throw logic.refused("versions cannot be compared here");
      default -> throw logic.refused("the operator '" + call.operator() + "' is not known here");
    };
  }

  private List<Claim> each(Call call) {
    List<Claim> claims = call.argument().items().stream().map(this::of).toList();
    if (claims.isEmpty()) {
      throw call.argument().refused("a condition is expected here");
    }
    return claims;
  }

  private static List<Json> only(Call call, int count) {
    List<Json> arguments = call.arguments();
    if (arguments.size() != count) {
      throw call.argument().refused(count + " arguments are expected here");
    }
    return arguments;
  }

  /** The name of an attribute; none when this is something else. */
  static Optional<String> variable(Json logic) {
    if (!logic.isObject() || !call(logic).operator().equals("var")) {
      return Optional.empty();
    }
    List<Json> arguments = call(logic).arguments();
    if (arguments.size() != 1 || !arguments.getFirst().isText()) {
      throw logic.refused("one name of an attribute is expected here");
    }
    String name = arguments.getFirst().text();
    if (name.isEmpty() || name.contains(".")) {
      throw logic.refused("'" + name + "' is no attribute that conditions could look at");
    }
    return Optional.of(name);
  }

  private Attribute attribute(Json logic) {
    String name = variable(logic).orElseThrow(() -> logic.refused("an attribute is expected here"));
    return new Attribute(name, premises, logic);
  }

  private static boolean isLiteral(Json logic) {
    return logic.isText() || logic.isNumber() || logic.isTruth() || logic.isNull();
  }

  private Claim truthy(Json logic) {
    return attribute(logic).never(Kind.LIST, Kind.NESTED).isTruthy();
  }

  private Claim equal(Call call, boolean strict) {
    List<Json> sides = only(call, 2);
    boolean turned = isLiteral(sides.getFirst());
    Attribute attribute = attribute(sides.get(turned ? 1 : 0));
    Json literal = sides.get(turned ? 0 : 1);
    if (!strict) {
      looselyEqual(attribute, literal);
    }
    return literal.isNull() ? attribute.isNotSet() : attribute.is(scalar(literal));
  }

  /** Nothing equals zero and false to some engines. */
  private static void looselyEqual(Attribute attribute, Json literal) {
    if (literal.isText() || literal.isNull()) {
      attribute.only(Kind.TEXT, Kind.ABSENT);
    } else if (literal.isNumber()) {
      boolean zero = literal.number() == 0;
      attribute.only(Kind.NUMBER, zero ? Kind.NUMBER : Kind.ABSENT);
    } else if (literal.isTruth()) {
      attribute.only(Kind.BOOLEAN, literal.truth() ? Kind.ABSENT : Kind.BOOLEAN);
    }
  }

  private static Value scalar(Json literal) {
    if (literal.isText()) {
      return new Value.Text(literal.text());
    }
    if (literal.isNumber()) {
      return Scalars.decimal(literal.number());
    }
    if (literal.isTruth()) {
      return new Value.Flag(literal.truth());
    }
    throw literal.refused("a text, a number, true or false is expected here");
  }

  /** Two sides, or three with the attribute between two bounds. */
  private Claim order(Call call, Operator operator) {
    List<Json> sides = call.arguments();
    if (sides.size() == 3) {
      Attribute attribute = attribute(sides.get(1));
      Bound low = new Bound(Orders.turned(operator), sides.getFirst().number());
      Bound high = new Bound(operator, sides.getLast().number());
      return ordered(attribute, List.of(low, high));
    }
    List<Json> two = only(call, 2);
    boolean turned = two.getFirst().isNumber();
    Attribute attribute = attribute(two.get(turned ? 1 : 0));
    Json bound = two.get(turned ? 0 : 1);
    if (!bound.isNumber()) {
      throw bound.refused("only numbers have an order here");
    }
    Operator order = turned ? Orders.turned(operator) : operator;
    return ordered(attribute, List.of(new Bound(order, bound.number())));
  }

  private record Bound(Operator operator, double value) {
    boolean holds(double number) {
      return Orders.holds(operator, number, value);
    }
  }

  /** Nothing is zero to some engines, and neither less nor greater to others. */
  private static Claim ordered(Attribute attribute, List<Bound> bounds) {
    EnumSet<Kind> kinds = EnumSet.of(Kind.NUMBER);
    if (!bounds.stream().allMatch(bound -> bound.holds(0))) {
      kinds.add(Kind.ABSENT);
    }
    attribute.only(Kind.NUMBER, kinds.toArray(Kind[]::new));
    return Claim.all(
        bounds.stream().map(bound -> attribute.compares(bound.operator(), bound.value())).toList());
  }

  private Claim in(Call call) {
    List<Json> sides = only(call, 2);
    Json item = sides.getFirst();
    Json container = sides.getLast();
    if (container.isList()) {
      return isOneOf(attribute(item), container);
    }
    Attribute attribute = attribute(container);
    Value value = scalar(item);
    if (value instanceof Value.Text(String text)) {
      if (text.isEmpty()) {
        throw item.refused("every text has the empty text in it");
      }
      attribute.only(Kind.TEXT, Kind.LIST, Kind.ABSENT);
      return Claim.any(attribute.contains(text), attribute.hasElement(List.of(value)));
    }
    return attribute.only(Kind.LIST, Kind.ABSENT).hasElement(List.of(value));
  }

  private static Claim isOneOf(Attribute attribute, Json list) {
    List<Value> values = new ArrayList<>();
    boolean nothing = false;
    for (Json value : list.items()) {
      if (value.isNull()) {
        nothing = true;
      } else {
        values.add(scalar(value));
      }
    }
    Claim equal = attribute.is(values);
    return nothing ? Claim.any(equal, attribute.isNotSet()) : equal;
  }

  private Claim startsWith(Call call) {
    List<Json> sides = only(call, 2);
    String start = sides.getLast().text();
    if (start.isEmpty()) {
      throw sides.getLast().refused("every text starts with the empty text");
    }
    return attribute(sides.getFirst()).only(Kind.TEXT, Kind.ABSENT).startsWith(start);
  }
}
