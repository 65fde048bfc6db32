package io.tenure.flagimport;

import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import io.tenure.evaluator.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Translates Unleash's constraints, which compare everything as text and read numbers out of it.
 * Those on the current time become a schedule.
 */
final class UnleashConstraint {

  private static final Set<String> FIELDS =
      Set.of("contextName", "operator", "values", "value", "inverted", "caseInsensitive");
  private static final String SPACE = " \t\n\u000b\f\r";
  private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

  private final Premises premises;

  UnleashConstraint(Premises premises) {
    this.premises = premises;
  }

  /**
   * When and for whom constraints hold.
   *
   * @param schedule none when there is no such time
   */
  record Scope(Optional<Schedule> schedule, Claim claim) {
    static final Scope ALL = new Scope(Optional.of(Schedule.ALWAYS), Claim.ALWAYS);

    Scope and(Claim other) {
      return new Scope(schedule, Claim.all(claim, other));
    }

    Scope from(Instant start) {
      return during(start, Instant.MAX);
    }

    Scope until(Instant end) {
      return during(Instant.MIN, end);
    }

    private Scope during(Instant start, Instant end) {
      return new Scope(
          schedule.flatMap(
              known -> {
                Instant later = known.start().isAfter(start) ? known.start() : start;
                Instant sooner = known.end().isBefore(end) ? known.end() : end;
                return later.isBefore(sooner)
                    ? Optional.of(new Schedule(later, sooner))
                    : Optional.empty();
              }),
          claim);
    }
  }

  Scope and(Scope scope, Json constraint) {
    constraint.hasOnly(FIELDS);
    boolean inverted = constraint.at("inverted").truthOr(false);
    String operator = constraint.at("operator").text();
    return switch (operator) {
      case "DATE_AFTER" -> {
        Instant time = Times.of(constraint.at("value"));
        yield inverted ? scope.until(time.plusNanos(1)) : scope.from(time.plusNanos(1));
      }
      case "DATE_BEFORE" -> {
        Instant time = Times.of(constraint.at("value"));
        yield inverted ? scope.from(time) : scope.until(time);
      }
      default -> {
        Claim claim = claim(operator, constraint);
        yield scope.and(inverted ? claim.not() : claim);
      }
    };
  }

  private Claim claim(String operator, Json constraint) {
    Attribute attribute = new Attribute(constraint.at("contextName").text(), premises, constraint);
    return switch (operator) {
      case "IN" -> isIn(attribute, constraint.at("values"));
      case "NOT_IN" -> isIn(attribute, constraint.at("values")).not();
      case "STR_STARTS_WITH" -> text(attribute, constraint, attribute::startsWith);
      case "STR_CONTAINS" -> text(attribute, constraint, attribute::contains);
      case "NUM_EQ" -> number(attribute, constraint, bound -> attribute.is(Scalars.decimal(bound)));
      case "NUM_LT" -> order(attribute, constraint, Operator.LESS);
      case "NUM_LTE" -> order(attribute, constraint, Operator.LESS_OR_EQUAL);
      case "NUM_GT" -> order(attribute, constraint, Operator.GREATER);
      case "NUM_GTE" -> order(attribute, constraint, Operator.GREATER_OR_EQUAL);
      case "REGEX" -> regex(attribute, constraint);
      case "STR_ENDS_WITH" -> throw constraint.refused("how a text ends cannot be asked for here");
      case "SEMVER_EQ", "SEMVER_GT", "SEMVER_LT", "SEMVER_GTE", "SEMVER_LTE" ->
          throw constraint.refused("versions cannot be compared here");
      case "IN_CIDR" -> throw constraint.refused("addresses cannot be compared here");
      default -> throw constraint.refused("the operator '" + operator + "' is not known here");
    };
  }

  private static Claim isIn(Attribute attribute, Json values) {
    attribute.never(Kind.LIST, Kind.NESTED);
    List<Value> all = new ArrayList<>();
    cleaned(values).forEach(value -> all.addAll(Scalars.writtenAs(value)));
    return attribute.is(all);
  }

  /** Without empty ones and without the space around them. */
  static List<String> cleaned(Json values) {
    List<String> cleaned = new ArrayList<>();
    for (Json value : values.items()) {
      if (!value.text().isEmpty()) {
        cleaned.add(trimmed(value));
      }
    }
    return cleaned;
  }

  /** Without the space that every language takes for space. */
  private static String trimmed(Json value) {
    String text = value.text();
    int from = 0;
    int to = text.length();
    while (from < to && SPACE.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (from < to && SPACE.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    if (from < to && (isOdd(text.charAt(from)) || isOdd(text.charAt(to - 1)))) {
      throw value.refused("the space around it is not space to everybody");
    }
    return text.substring(from, to);
  }

  /** Space to some languages only. */
  static boolean isOdd(int character) {
    boolean space =
        character < ' '
            || character == 0xfeff
            || Character.isSpaceChar(character)
            || Character.isWhitespace(character);
    return space && SPACE.indexOf(character) < 0;
  }

  private static Claim text(
      Attribute attribute, Json constraint, Function<String, Claim> compares) {
    if (constraint.at("caseInsensitive").truthOr(false)) {
      throw constraint.refused("texts cannot be compared here without regard to case");
    }
    attribute.only(Kind.TEXT, Kind.ABSENT);
    List<Claim> parts = new ArrayList<>();
    for (String value : cleaned(constraint.at("values"))) {
      if (value.isEmpty()) {
        throw constraint.refused("every text has the empty text in it");
      }
      parts.add(compares.apply(value));
    }
    return Claim.any(parts);
  }

  private static Claim order(Attribute attribute, Json constraint, Operator operator) {
    return number(attribute, constraint, bound -> attribute.compares(operator, bound));
  }

  /** A text that is a number there would have to be one here. */
  private static Claim number(
      Attribute attribute, Json constraint, Function<Double, Claim> compares) {
    Json value = constraint.at("value");
    String text = trimmed(value);
    if (!text.matches(NUMBER)) {
      throw value.refused("a number is expected here");
    }
    attribute.only(Kind.NUMBER, Kind.BOOLEAN, Kind.ABSENT);
    return compares.apply(Double.parseDouble(text));
  }

  private static Claim regex(Attribute attribute, Json constraint) {
    if (constraint.at("caseInsensitive").truthOr(false)) {
      throw constraint.refused("texts cannot be compared here without regard to case");
    }
    LiteralPattern pattern =
        LiteralPattern.of(constraint.at("value").text())
            .orElseThrow(() -> constraint.refused("only plain text can be searched for here"));
    attribute.only(Kind.TEXT, Kind.ABSENT);
    return pattern.of(attribute);
  }
}
