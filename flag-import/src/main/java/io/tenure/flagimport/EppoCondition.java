package io.tenure.flagimport;

import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Translates Eppo's conditions: whatever is missing fulfils none but the one that asks for it. */
final class EppoCondition {

  private final Premises premises;

  EppoCondition(Premises premises) {
    this.premises = premises;
  }

  /** One of the rules holds; without rules everybody is meant. */
  Claim rules(Json rules) {
    List<Json> listed = rules.itemsIfGiven();
    return listed.isEmpty() ? Claim.ALWAYS : Claim.any(listed.stream().map(this::rule).toList());
  }

  private Claim rule(Json rule) {
    rule.hasOnly(Set.of("conditions"));
    return Claim.all(rule.at("conditions").items().stream().map(this::condition).toList());
  }

  private Claim condition(Json condition) {
    condition.hasOnly(Set.of("attribute", "operator", "value"));
    Attribute attribute = new Attribute(condition.at("attribute").text(), premises, condition);
    Json value = condition.at("value");
    String operator = condition.at("operator").text();
    return switch (operator) {
      case "IS_NULL" -> value.truth() ? attribute.isNotSet() : attribute.isSet();
      case "ONE_OF" -> isOneOf(attribute, value);
      case "NOT_ONE_OF" -> Claim.all(attribute.isSet(), isOneOf(attribute, value).not());
      case "MATCHES" -> matches(attribute, value);
      case "NOT_MATCHES" -> Claim.all(attribute.isSet(), matches(attribute, value).not());
      case "LT" -> order(attribute, Operator.LESS, value);
      case "LTE" -> order(attribute, Operator.LESS_OR_EQUAL, value);
      case "GT" -> order(attribute, Operator.GREATER, value);
      case "GTE" -> order(attribute, Operator.GREATER_OR_EQUAL, value);
      default -> throw condition.refused("the operator '" + operator + "' is not known here");
    };
  }

  private static Claim isOneOf(Attribute attribute, Json values) {
    attribute.never(Kind.LIST, Kind.NESTED);
    List<Value> all = new ArrayList<>();
    values.items().forEach(value -> all.addAll(Scalars.writtenAs(value.text())));
    return attribute.is(all);
  }

  /** SDKs disagree about how a pattern ends, so it may only begin or be somewhere. */
  private static Claim matches(Attribute attribute, Json regex) {
    LiteralPattern pattern =
        LiteralPattern.of(regex.text())
            .filter(plain -> !plain.toEnd())
            .orElseThrow(() -> regex.refused("only plain text can be searched for here"));
    attribute.only(Kind.TEXT, Kind.ABSENT);
    return pattern.of(attribute);
  }

  private static Claim order(Attribute attribute, Operator operator, Json bound) {
    if (!bound.isNumber()) {
      throw bound.refused("only numbers have an order here");
    }
    attribute.only(Kind.NUMBER, Kind.ABSENT);
    return attribute.compares(operator, bound.number());
  }
}
