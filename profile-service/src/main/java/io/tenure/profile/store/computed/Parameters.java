package io.tenure.profile.store.computed;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the values of one statement: each method keeps a value and returns the placeholder that
 * stands for it, so that nothing a user wrote becomes part of the SQL.
 */
final class Parameters {

  private final Map<String, Object> values = new LinkedHashMap<>();

  String text(String value) {
    return keep("String", value);
  }

  String texts(Collection<String> items) {
    return keep("Array(String)", items);
  }

  String decimal(String plain) {
    return keep("Decimal(76, 38)", plain);
  }

  String number(long value) {
    return keep("Int64", value);
  }

  String date(LocalDate value) {
    return keep("Date", value);
  }

  String instant(Instant value) {
    return "fromUnixTimestamp64Milli(" + number(value.toEpochMilli()) + ", 'UTC')";
  }

  Map<String, Object> values() {
    return values;
  }

  private String keep(String type, Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return "{" + name + ":" + type + "}";
  }
}
