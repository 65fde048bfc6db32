package io.tenure.condition.store;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.PropertyFilter;
import io.tenure.condition.domain.TimeRange;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of a statement that choose events. */
public final class EventSql {

  private EventSql() {}

  /** Events of a project inside a range; the dates let the primary key skip what is outside. */
  public static String inRange(SqlParameters parameters, ProjectId project, TimeRange range) {
    String sql = "project_id = " + parameters.project(project);
    if (range.start().isAfter(Instant.EPOCH)) {
      sql +=
          " AND toDate(event_time) >= "
              + parameters.date(range.firstDate())
              + " AND event_time >= "
              + parameters.instant(range.start());
    }
    return sql
        + " AND toDate(event_time) <= "
        + parameters.date(range.lastDate())
        + " AND event_time < "
        + parameters.instant(range.end());
  }

  /** One event, whether a selector selects it. */
  public static String matches(SqlParameters parameters, EventSelector selector) {
    Stream<String> name =
        selector.selectsAnyName()
            ? Stream.empty()
            : Stream.of("name = " + parameters.text(selector.name()));
    Stream<String> filters =
        selector.filters().stream().map(filter -> property(parameters, filter));
    String all = Stream.concat(name, filters).collect(Collectors.joining(" AND "));
    return all.isEmpty() ? "1" : "(" + all + ")";
  }

  /** Only events with a name of the selectors, for the primary key; nothing when one takes any. */
  public static String andNamed(SqlParameters parameters, Collection<EventSelector> selectors) {
    if (selectors.stream().anyMatch(EventSelector::selectsAnyName)) {
      return "";
    }
    List<String> names = selectors.stream().map(EventSelector::name).distinct().toList();
    return " AND name IN " + parameters.texts(names);
  }

  /** Whether an event's property fulfils a filter. */
  public static String property(SqlParameters parameters, PropertyFilter filter) {
    return ComparisonSql.compare(
        parameters, operand(parameters, filter.name()), filter.comparison());
  }

  /**
   * An event's property: in a column of its own when the statement may name one, else in the map.
   */
  public static Operand operand(SqlParameters parameters, String property) {
    return parameters instanceof EventParameters of
        ? of.operand(property)
        : PropertyColumns.NONE.operand(parameters, property);
  }
}
