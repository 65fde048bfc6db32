package io.tenure.flagimport;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Says things about an attribute, and notes of which kinds it must be for them to be the same. */
final class Attribute {

  private static final int MOST_VALUES = 1000;

  private final String name;
  private final Premises premises;
  private final Json where;

  /**
   * An attribute.
   *
   * @param where the condition it is used by
   */
  Attribute(String name, Premises premises, Json where) {
    this.name = name;
    this.premises = premises;
    this.where = where;
  }

  String name() {
    return name;
  }

  /** The same is said for these kinds only. */
  Attribute only(Kind first, Kind... rest) {
    premises.restrict(name, EnumSet.of(first, rest), where);
    return this;
  }

  /** The same is said for all other kinds. */
  Attribute never(Kind first, Kind... rest) {
    premises.restrict(name, EnumSet.complementOf(EnumSet.of(first, rest)), where);
    return this;
  }

  Claim isSet() {
    return claim(Operator.IS_SET, List.of());
  }

  Claim isNotSet() {
    return claim(Operator.IS_NOT_SET, List.of());
  }

  /** Strictly equal to one of the values. */
  Claim is(List<? extends Value> values) {
    return oneOf(Operator.EQUAL, values);
  }

  Claim is(Value value) {
    return is(List.of(value));
  }

  /** A list with one of the values in it. */
  Claim hasElement(List<? extends Value> values) {
    return oneOf(Operator.HAS_ELEMENT, values);
  }

  Claim compares(Operator order, double bound) {
    return claim(order, List.of(Scalars.decimal(bound)));
  }

  Claim contains(String part) {
    return claim(Operator.CONTAINS, List.of(new Value.Text(part)));
  }

  Claim startsWith(String start) {
    return claim(Operator.STARTS_WITH, List.of(new Value.Text(start)));
  }

  /** What JavaScript takes for true: not empty, not zero, not false. Only for scalars. */
  Claim isTruthy() {
    return Claim.all(
        isSet(), is(List.of(new Value.Text(""), Scalars.decimal(0), new Value.Flag(false))).not());
  }

  private Claim oneOf(Operator operator, List<? extends Value> values) {
    List<Claim> parts = new ArrayList<>();
    for (int from = 0; from < values.size(); from += MOST_VALUES) {
      parts.add(claim(operator, values.subList(from, Math.min(values.size(), from + MOST_VALUES))));
    }
    return Claim.any(parts);
  }

  private Claim claim(Operator operator, List<? extends Value> values) {
    return new Claim.When(new Condition.Trait(name, new Comparison(operator, List.copyOf(values))));
  }
}
