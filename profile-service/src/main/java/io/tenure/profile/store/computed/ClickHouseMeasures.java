package io.tenure.profile.store.computed;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.EventParameters;
import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.EventMeasures;
import io.tenure.profile.domain.computed.Measure;
import io.tenure.profile.store.StoredUsers;
import java.time.Instant;
import java.util.List;

/**
 * Measures users in ClickHouse. The text of a statement depends only on the calculation and the
 * operators; names and values always travel as parameters.
 */
public final class ClickHouseMeasures implements EventMeasures {

  /** Events of one user that are looked at one by one. */
  private static final int LONGEST_SERIES = 20_000;

  private final ClickHouse clickHouse;
  private final ColumnRegistry columns;
  private final StoredUsers users;

  /**
   * Events of the given store.
   *
   * @param columns which properties have columns of their own
   */
  public ClickHouseMeasures(ClickHouse clickHouse, ColumnRegistry columns) {
    this.clickHouse = clickHouse;
    this.columns = columns;
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
    SqlParameters parameters = new EventParameters(columns.current());
    String from = from(parameters, project, trait, asOf, after, upTo);
    Operand property = EventSql.operand(parameters, trait.property());
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

  private static String single(ComputedTrait trait, Operand property, String from) {
    String value = "toString(" + property.raw() + ")";
    String present = " AND " + property.present();
    return switch (trait.calculation()) {
      case COUNT -> grouped("toString(count())", from);
      case SUM ->
          grouped(
              "toString(sum(assumeNotNull(" + property.decimal() + ")))",
              from + " AND " + property.decimal() + " IS NOT NULL");
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

  private static String series(ComputedTrait trait, Operand property, String from) {
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
        + ", toString("
        + property.raw()
        + "))) AS pairs"
        + from
        + " GROUP BY number)";
  }

  private static String from(
      SqlParameters parameters,
      ProjectId project,
      ComputedTrait trait,
      Instant asOf,
      long after,
      long upTo) {
    Instant start = trait.start(asOf);
    return " FROM events_final_v1 WHERE "
        + EventSql.inRange(
            parameters,
            project,
            start.isAfter(Instant.EPOCH) ? new TimeRange(start, asOf) : TimeRange.before(asOf))
        + " AND "
        + EventSql.matches(parameters, trait.events())
        + " AND user_number > "
        + parameters.number(after)
        + " AND user_number <= "
        + parameters.number(upTo);
  }
}
