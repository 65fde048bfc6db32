package io.tenure.profile.store.computed;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.store.EventSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.EventMeasures;
import io.tenure.profile.domain.computed.Measure;
import io.tenure.profile.store.StoredUsers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Measures users in ClickHouse. The text of a statement depends only on the calculation and the
 * operators; names and values always travel as parameters.
 */
public final class ClickHouseMeasures implements EventMeasures {

  /** Events of one user that are looked at one by one. */
  private static final int LONGEST_SERIES = 20_000;

  private final ClickHouse clickHouse;
  private final StoredUsers users;

  /** Events of the given store. */
  public ClickHouseMeasures(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.users = new StoredUsers(clickHouse);
  }

  @Override
  public long highestUser(ProjectId project) {
    return users.highest(project);
  }

  @Override
  public void measure(
      ProjectId project,
      ComputedTrait trait,
      Instant asOf,
      long after,
      long upTo,
      Visitor visitor) {
    SqlParameters parameters = new SqlParameters();
    String from = from(parameters, project, trait, asOf, after, upTo);
    String property = parameters.text(trait.property());
    String sql =
        trait.calculation().needsSeries()
            ? series(trait, property, from)
            : single(trait, property, from);
    clickHouse.scan(
        sql, parameters.values(), row -> visitor.visit(row.getLong("number"), measure(trait, row)));
  }

  private static Measure measure(ComputedTrait trait, GenericRecord row) {
    return trait.calculation().needsSeries()
        ? new Measure.Series(
            row.getLongArray("times"),
            trait.property().isEmpty() ? List.of() : row.getList("amounts"))
        : new Measure.Single(row.getString("result"));
  }

  private static String single(ComputedTrait trait, String property, String from) {
    String value = "properties[" + property + "]";
    String present = " AND mapContains(properties, " + property + ")";
    return switch (trait.calculation()) {
      case COUNT -> grouped("toString(count())", from);
      case SUM ->
          grouped(
              "toString(sum(assumeNotNull(toDecimal256OrNull(" + value + ", 38))))",
              from + " AND toDecimal256OrNull(" + value + ", 38) IS NOT NULL");
      case FIRST -> grouped("argMin(" + value + ", (event_time, event_key))", from + present);
      case LAST -> grouped("argMax(" + value + ", (event_time, event_key))", from + present);
      case MOST_FREQUENT ->
          "SELECT number, argMax(value, (times, latest, value)) AS result FROM (SELECT user_number"
              + " AS number, "
              + value
              + " AS value, count() AS times, max(event_time) AS latest"
              + from
              + present
              + " GROUP BY number, value) GROUP BY number";
      case DAYS_SINCE -> grouped("toString(toUnixTimestamp64Milli(max(event_time)))", from);
      case RULE -> throw new IllegalArgumentException("Rules take no events");
      case TREND, LOGIN_RHYTHM, USUAL_HOUR, PAYDAY, REPAYMENT, WEEKEND_SHOPPER ->
          throw new IllegalArgumentException("A habit takes a series");
    };
  }

  private static String grouped(String result, String from) {
    return "SELECT user_number AS number, " + result + " AS result" + from + " GROUP BY number";
  }

  private static String series(ComputedTrait trait, String property, String from) {
    String time = "toUnixTimestamp64Milli(event_time)";
    String head = "SELECT user_number AS number, ";
    if (trait.property().isEmpty()) {
      return head
          + "groupArray("
          + LONGEST_SERIES
          + ")("
          + time
          + ") AS times"
          + from
          + " GROUP BY number";
    }
    return "SELECT number, arrayMap(pair -> pair.1, pairs) AS times, arrayMap(pair -> pair.2,"
        + " pairs) AS amounts FROM ("
        + head
        + "groupArray("
        + LONGEST_SERIES
        + ")(("
        + time
        + ", properties["
        + property
        + "])) AS pairs"
        + from
        + " GROUP BY number)";
  }

  /** The dates let the primary key skip what is outside. */
  private static String from(
      SqlParameters parameters,
      ProjectId project,
      ComputedTrait trait,
      Instant asOf,
      long after,
      long upTo) {
    Instant start = trait.start(asOf);
    StringBuilder where =
        new StringBuilder(" FROM events_final_v1 WHERE project_id = ")
            .append(parameters.text(project.value()))
            .append(" AND name = ")
            .append(parameters.text(trait.events().name()))
            .append(" AND user_number > ")
            .append(parameters.number(after))
            .append(" AND user_number <= ")
            .append(parameters.number(upTo))
            .append(" AND toDate(event_time) <= ")
            .append(parameters.date(date(asOf)))
            .append(" AND event_time < ")
            .append(parameters.instant(asOf));
    if (start.isAfter(Instant.EPOCH)) {
      where
          .append(" AND toDate(event_time) >= ")
          .append(parameters.date(date(start)))
          .append(" AND event_time >= ")
          .append(parameters.instant(start));
    }
    for (PropertyFilter filter : trait.events().filters()) {
      where.append(" AND ").append(EventSql.property(parameters, filter));
    }
    return where.toString();
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
