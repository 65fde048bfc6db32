package io.tenure.segment.api;

import io.tenure.segment.domain.analysis.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula begins with
 * an apostrophe, because event values come from outside (CWE-1236).
 */
final class Csv {

  private static final String FORMULA = "=+-@\t\r\n";
  private static final String END = "\r\n";

  private Csv() {}

  static String write(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(table.columns().stream().map(Table.Column::name).collect(Collectors.joining(",")))
        .append(END);
    for (List<@Nullable Object> row : table.rows()) {
      text.append(row.stream().map(Csv::field).collect(Collectors.joining(","))).append(END);
    }
    return text.toString();
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> quoted(text);
      case BigDecimal decimal -> decimal.toPlainString();
      case Duration time -> BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
      default -> value.toString();
    };
  }

  /** An empty text has quotes, no text at all has none. */
  private static String quoted(String text) {
    String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
