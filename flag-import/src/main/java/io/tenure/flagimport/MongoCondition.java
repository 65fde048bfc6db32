package io.tenure.flagimport;

import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Translates GrowthBook's conditions, which look like MongoDB's and compare as JavaScript does: a
 * plain text is compared with the value written as text, an order turns nothing into zero.
 */
final class MongoCondition {

  private final Premises premises;
  private final Json savedGroups;

  MongoCondition(Premises premises, Json savedGroups) {
    this.premises = premises;
    this.savedGroups = savedGroups;
  }

  Claim of(Json condition) {
    return of(condition, Set.of());
  }

  private Claim of(Json condition, Set<String> visited) {
    List<Claim> parts = new ArrayList<>();
    for (Json.Field field : condition.fields()) {
      Json expected = field.value();
      parts.add(
          switch (field.name()) {
            case "$or" -> or(expected, visited);
            case "$nor" -> or(expected, visited).not();
            case "$and" -> Claim.all(each(expected, visited));
            case "$not" -> of(expected, visited).not();
            case "$savedGroup" -> savedGroup(expected, visited);
            default -> value(attribute(field.name(), expected), expected);
          });
    }
    return Claim.all(parts);
  }

  /** Of no conditions one holds, in GrowthBook. */
  private Claim or(Json conditions, Set<String> visited) {
    List<Claim> parts = each(conditions, visited);
    return parts.isEmpty() ? Claim.ALWAYS : Claim.any(parts);
  }

  private List<Claim> each(Json conditions, Set<String> visited) {
    return conditions.items().stream().map(condition -> of(condition, visited)).toList();
  }

  private Attribute attribute(String name, Json where) {
    if (name.startsWith("$")) {
      throw where.refused("the operator '" + name + "' is not known here");
    }
    if (name.contains(".")) {
      throw where.refused("'" + name + "' lies inside an object, where conditions do not look");
    }
    return new Attribute(name, premises, where);
  }

  private Claim savedGroup(Json reference, Set<String> visited) {
    reference.hasOnly(Set.of("id", "attributeKey"));
    String id = reference.at("id").text();
    Json entry = savedGroups.at(id);
    if (visited.contains(id) || !entry.isObject()) {
      return Claim.NEVER;
    }
    Set<String> next = new HashSet<>(visited);
    next.add(id);
    return switch (entry.at("type").textOr("")) {
      case "list" -> {
        Json key = reference.at("attributeKey");
        String name = key.isThere() ? key.text() : entry.at("attributeKey").text();
        yield isIn(attribute(name, entry), entry.at("values"));
      }
      case "condition" -> of(entry.at("condition"), next);
      default -> throw entry.refused("a saved group of this type is not known here");
    };
  }

  private Claim value(Attribute attribute, Json expected) {
    if (expected.isText()) {
      return isWritten(attribute, expected.text());
    }
    if (expected.isNumber()) {
      return isNumerically(attribute, expected.number());
    }
    if (expected.isTruth()) {
      return isTruth(attribute, expected.truth());
    }
    if (expected.isNull()) {
      return attribute.isNotSet();
    }
    return operators(attribute, expected);
  }

  private static Claim isWritten(Attribute attribute, String text) {
    attribute.never(Kind.LIST, Kind.NESTED);
    Claim equal = attribute.is(Scalars.writtenAs(text));
    return text.equals("null") ? Claim.any(equal, attribute.isNotSet()) : equal;
  }

  private static Claim isNumerically(Attribute attribute, double number) {
    attribute.only(Kind.NUMBER, Kind.BOOLEAN, Kind.ABSENT);
    return asNumber(attribute, attribute.is(Scalars.decimal(number)), 1 == number, 0 == number);
  }

  /** Adds those that JavaScript turns into numbers: true into 1, false and nothing into 0. */
  private static Claim asNumber(Attribute attribute, Claim claim, boolean one, boolean zero) {
    List<Claim> parts = new ArrayList<>(List.of(claim));
    if (one) {
      parts.add(attribute.is(new Value.Flag(true)));
    }
    if (zero) {
      parts.add(attribute.is(new Value.Flag(false)));
      parts.add(attribute.isNotSet());
    }
    return Claim.any(parts);
  }

  /** Anything that is not null is taken for true or false, also texts, lists and objects. */
  private static Claim isTruth(Attribute attribute, boolean truth) {
    return truth ? attribute.isTruthy() : Claim.all(attribute.isSet(), attribute.isTruthy().not());
  }

  private Claim operators(Attribute attribute, Json operators) {
    if (!operators.isObject() || operators.fields().isEmpty()) {
      throw operators.refused("whole lists and objects cannot be compared here");
    }
    List<Claim> parts = new ArrayList<>();
    for (Json.Field field : operators.fields()) {
      parts.add(operator(attribute, field.name(), field.value()));
    }
    return Claim.all(parts);
  }

  private Claim operator(Attribute attribute, String operator, Json expected) {
    return switch (operator) {
      case "$eq" -> isExactly(attribute, expected);
      case "$ne" -> isExactly(attribute, expected).not();
      case "$lt" -> order(attribute, Operator.LESS, expected);
      case "$lte" -> order(attribute, Operator.LESS_OR_EQUAL, expected);
      case "$gt" -> order(attribute, Operator.GREATER, expected);
      case "$gte" -> order(attribute, Operator.GREATER_OR_EQUAL, expected);
      case "$exists" -> expected.truth() ? attribute.isSet() : attribute.isNotSet();
      case "$in" -> isIn(attribute, expected);
      case "$nin" -> isIn(attribute, expected).not();
      case "$inGroup" -> isIn(attribute, group(expected));
      case "$notInGroup" -> isIn(attribute, group(expected)).not();
      case "$not" -> value(attribute, expected).not();
      case "$all" -> hasAll(attribute, expected);
      case "$elemMatch" -> hasMatch(attribute, expected);
      case "$regex" -> matches(attribute, expected);
      case "$veq", "$vne", "$vgt", "$vgte", "$vlt", "$vlte" ->
          throw expected.refused("versions cannot be compared here");
      case "$ini", "$nini", "$alli", "$regexi" ->
          throw expected.refused("texts cannot be compared here without regard to case");
      case "$size" -> throw expected.refused("the length of a list cannot be asked for here");
      case "$type" -> throw expected.refused("the type of a value cannot be asked for here");
      default -> throw expected.refused("the operator '" + operator + "' is not known here");
    };
  }

  private static Claim isExactly(Attribute attribute, Json expected) {
    return expected.isNull() ? attribute.isNotSet() : attribute.is(scalar(expected));
  }

  private static Value scalar(Json expected) {
    if (expected.isText()) {
      return new Value.Text(expected.text());
    }
    if (expected.isNumber()) {
      return Scalars.decimal(expected.number());
    }
    if (expected.isTruth()) {
      return new Value.Flag(expected.truth());
    }
    throw expected.refused("whole lists and objects cannot be compared here");
  }

  private static Claim order(Attribute attribute, Operator operator, Json expected) {
    if (!expected.isNumber()) {
      throw expected.refused("only numbers have an order here");
    }
    double bound = expected.number();
    attribute.only(Kind.NUMBER, Kind.BOOLEAN, Kind.ABSENT);
    return asNumber(
        attribute,
        attribute.compares(operator, bound),
        Orders.holds(operator, 1, bound),
        Orders.holds(operator, 0, bound));
  }

  /** One of the values, or a list with one of them. */
  private static Claim isIn(Attribute attribute, Json values) {
    List<Value> scalars = new ArrayList<>();
    boolean nothing = false;
    for (Json value : values.items()) {
      if (value.isNull()) {
        nothing = true;
      } else if (!value.isList() && !value.isObject()) {
        scalars.add(scalar(value));
      }
    }
    List<Claim> parts = new ArrayList<>();
    if (!scalars.isEmpty()) {
      parts.add(attribute.is(scalars));
      parts.add(attribute.hasElement(scalars));
    }
    if (nothing) {
      attribute.never(Kind.NESTED);
      parts.add(attribute.isNotSet());
    }
    return Claim.any(parts);
  }

  /** The values of a saved group; a group that is not there is empty. */
  private Json group(Json id) {
    Json entry = savedGroups.at(id.text());
    if (entry.isList()) {
      return entry;
    }
    if (entry.at("type").textOr("").equals("list") && entry.at("values").isList()) {
      return entry.at("values");
    }
    throw id.refused("the saved group '" + id.text() + "' is no list of this document");
  }

  private static Claim hasAll(Attribute attribute, Json expected) {
    attribute.never(Kind.NESTED);
    List<Claim> parts = new ArrayList<>();
    for (Json element : expected.items()) {
      if (!element.isText()) {
        throw element.refused("elements that are not texts are compared as JavaScript does");
      }
      parts.add(attribute.hasElement(Scalars.writtenAs(element.text())));
    }
    if (parts.isEmpty()) {
      throw expected.refused("whether something is a list cannot be asked for here");
    }
    return Claim.all(parts);
  }

  private static Claim hasMatch(Attribute attribute, Json expected) {
    expected.hasOnly(Set.of("$eq", "$in"));
    if (expected.fields().size() != 1) {
      throw expected.refused("elements can be asked for one thing only here");
    }
    attribute.never(Kind.NESTED);
    Json equal = expected.at("$eq");
    List<Json> values = equal.isThere() ? List.of(equal) : expected.at("$in").items();
    List<Value> scalars =
        values.stream().filter(value -> !value.isNull()).map(MongoCondition::scalar).toList();
    return attribute.hasElement(scalars);
  }

  private static Claim matches(Attribute attribute, Json regex) {
    LiteralPattern pattern =
        LiteralPattern.of(regex.text())
            .orElseThrow(() -> regex.refused("only plain text can be searched for here"));
    attribute.only(Kind.TEXT, Kind.ABSENT);
    Claim found = pattern.of(attribute);
    return pattern.matches("null") ? Claim.any(found, attribute.isNotSet()) : found;
  }
}
