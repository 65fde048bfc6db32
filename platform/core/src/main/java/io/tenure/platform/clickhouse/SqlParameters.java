package io.tenure.platform.clickhouse;

import io.tenure.platform.tenancy.ProjectId;
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
public class SqlParameters {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A text. */
  public String text(String value) {
    return keep("String", value);
  }

  /** Texts, as an array. */
  public String texts(Collection<String> items) {
    return keep("Array(String)", items);
  }

  /** The id of a project. */
  public String project(ProjectId project) {
    return text(project.value());
  }

  /** A number with 38 digits on either side of the point. */
  public String decimal(BigDecimal value) {
    return keep("Decimal(76, 38)", value);
  }

  /** Such numbers, as an array. */
  public String decimals(Collection<BigDecimal> items) {
    return keep("Array(Decimal(76, 38))", items);
  }

  /** A whole number. */
  public String number(long value) {
    return keep("Int64", value);
  }

  /** A whole number from 0 to 2^64 - 1, in plain digits. */
  public String unsigned(String value) {
    return keep("UInt64", value);
  }

  /** The number of a user. */
  public String userNumber(long value) {
    return keep("UInt32", value);
  }

  /** Numbers of users, as an array. */
  public String userNumbers(Collection<Long> items) {
    return keep("Array(UInt32)", items);
  }

  /** A day. */
  public String date(LocalDate value) {
    return keep("Date", value);
  }

  /** An instant, with milliseconds. */
  public String instant(Instant value) {
    return "fromUnixTimestamp64Milli(" + number(value.toEpochMilli()) + ", 'UTC')";
  }

  /** A value of the given type of the store. */
  public String keep(String type, Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return "{" + name + ":" + type + "}";
  }

  /** What was kept, by placeholder. */
  public Map<String, Object> values() {
    return values;
  }
}
