package io.tenure.profile.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.profile.domain.search.Comparison;
import io.tenure.profile.domain.search.Comparison.Sign;
import io.tenure.profile.domain.search.TraitFilter;
import io.tenure.profile.domain.search.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compiles a question about traits to an expression that is 1 or 0, never null. Traits are JSON
 * texts: a quoted number is no number. Numbers are compared as decimals with 38 digits on either
 * side of the point; what is no such number is no match, never an error.
 */
final class TraitSql {

  private final SqlParameters parameters;

  TraitSql(SqlParameters parameters) {
    this.parameters = parameters;
  }

  String holds(TraitFilter filter) {
    return switch (filter) {
      case TraitFilter.All(List<TraitFilter> parts) -> chain(parts, " AND ", "1");
      case TraitFilter.Any(List<TraitFilter> parts) -> chain(parts, " OR ", "0");
      case TraitFilter.Not(TraitFilter part) -> "(NOT " + holds(part) + ")";
      case TraitFilter.Compare(String trait, Comparison comparison) ->
          "(" + has(trait) + " AND " + compare(raw(trait), comparison) + ")";
    };
  }

  /** Whether a user has the trait. */
  String has(String trait) {
    return "mapContains(traits, " + parameters.text(trait) + ")";
  }

  /**
   * The trait's JSON text; the question fails when it is sealed, because it would not be answered.
   */
  String raw(String trait) {
    String value = "traits[" + parameters.text(trait) + "]";
    return "if(throwIf(startsWith(%1$s, '~'), 'sealed'), '', %1$s)".formatted(value);
  }

  /** A number, or null for everything else. */
  static String decimal(String raw) {
    return "toDecimal256OrNull(" + raw + ", " + Value.MAX_DIGITS + ")";
  }

  /** A text without its quotes; everything else as it is. */
  static String text(String raw) {
    return "if(" + isText(raw) + ", JSONExtractString(" + raw + "), " + raw + ")";
  }

  private static String isText(String raw) {
    return "startsWith(" + raw + ", '\"')";
  }

  private String chain(List<TraitFilter> parts, String operator, String nothing) {
    return parts.isEmpty()
        ? nothing
        : parts.stream().map(this::holds).collect(Collectors.joining(operator, "(", ")"));
  }

  private String compare(String raw, Comparison comparison) {
    return switch (comparison) {
      case Comparison.IsSet() -> "1";
      case Comparison.OneOf(List<Value> values) -> equal(raw, values);
      case Comparison.HasElement(List<Value> values) ->
          "(startsWith(%1$s, '[') AND arrayExists(x -> %2$s, JSONExtractArrayRaw(%1$s)))"
              .formatted(raw, equal("x", values));
      case Comparison.Ordered(Sign sign, BigDecimal bound) ->
          "ifNull(%s %s %s, 0)".formatted(decimal(raw), sign(sign), parameters.decimal(bound));
      case Comparison.Contains(String part) ->
          "(position(" + text(raw) + ", " + parameters.text(part) + ") > 0)";
      case Comparison.StartsWith(String part) ->
          "startsWith(" + text(raw) + ", " + parameters.text(part) + ")";
    };
  }

  private String equal(String raw, List<Value> values) {
    List<String> texts = new ArrayList<>();
    List<BigDecimal> numbers = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    for (Value value : values) {
      switch (value) {
        case Value.Text(String text) -> texts.add(text);
        case Value.Number(BigDecimal number) -> numbers.add(number);
        case Value.Flag(boolean flag) -> flags.add(Boolean.toString(flag));
      }
    }
    List<String> ways = new ArrayList<>();
    if (!texts.isEmpty()) {
      ways.add("(%s AND has(%s, %s))".formatted(isText(raw), parameters.texts(texts), text(raw)));
    }
    if (!numbers.isEmpty()) {
      ways.add("ifNull(has(%s, %s), 0)".formatted(parameters.decimals(numbers), decimal(raw)));
    }
    if (!flags.isEmpty()) {
      ways.add("has(" + parameters.texts(flags) + ", " + raw + ")");
    }
    return "(" + String.join(" OR ", ways) + ")";
  }

  private static String sign(Sign sign) {
    return switch (sign) {
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }
}
