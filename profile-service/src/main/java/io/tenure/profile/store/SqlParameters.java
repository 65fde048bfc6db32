package io.tenure.profile.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the values of one statement. Every method keeps a value and returns the placeholder that
 * stands for it, so that nothing a caller wrote ever becomes part of the SQL.
 */
final class SqlParameters {

  private final Map<String, Object> values = new LinkedHashMap<>();

  String text(String value) {
    return keep("String", value);
  }

  String texts(Collection<String> items) {
    return keep("Array(String)", items);
  }

  String decimal(BigDecimal value) {
    return keep("Decimal(76, 38)", value);
  }

  String decimals(Collection<BigDecimal> items) {
    return keep("Array(Decimal(76, 38))", items);
  }

  String number(long value) {
    return keep("Int64", value);
  }

  String userNumber(long value) {
    return keep("UInt32", value);
  }

  String userNumbers(Collection<Long> items) {
    return keep("Array(UInt32)", items);
  }

  String date(LocalDate value) {
    return keep("Date", value);
  }

  String instant(Instant value) {
    return "fromUnixTimestamp64Milli(" + number(value.toEpochMilli()) + ", 'UTC')";
  }

  /** A value that is text of the given type already. */
  String keep(String type, Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return "{" + name + ":" + type + "}";
  }

  Map<String, Object> values() {
    return values;
  }
}
