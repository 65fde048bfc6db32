package io.tenure.platform.clickhouse;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the values of a statement's parameters the way the HTTP protocol wants them: escaped as in
 * tab-separated text, collections as array literals with quotes doubled inside their texts.
 */
final class ParameterText {

  private ParameterText() {}

  static Map<String, Object> encode(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> encode(entry.getValue())));
  }

  private static String encode(Object value) {
    return value instanceof Collection<?> items
        ? items.stream().map(ParameterText::element).collect(Collectors.joining(",", "[", "]"))
        : escape(plain(value));
  }

  private static String element(Object value) {
    return value instanceof Number
        ? plain(value)
        : "'" + escape(plain(value)).replace("'", "''") + "'";
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 8);
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      switch (character) {
        case '\\' -> escaped.append("\\\\");
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        case '\0' -> escaped.append("\\0");
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
