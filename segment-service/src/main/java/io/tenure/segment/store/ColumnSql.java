package io.tenure.segment.store;

import io.tenure.condition.store.EventSql;
import io.tenure.condition.store.Operand;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Column;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns in a statement about events. What is known of a user is not stored with events, so it is
 * joined.
 */
final class ColumnSql {

  private final SqlParameters parameters;
  private final ProjectId project;
  private final List<? extends Column> joined;

  /**
   * @param columns all that the statement has
   */
  ColumnSql(SqlParameters parameters, ProjectId project, Collection<? extends Column> columns) {
    this.parameters = parameters;
    this.project = project;
    this.joined = columns.stream().filter(ColumnSql::isJoined).distinct().toList();
  }

  /** A table of events with what the columns need. */
  String source(String events) {
    if (joined.isEmpty()) {
      return events;
    }
    String values =
        IntStream.range(0, joined.size())
            .mapToObj(index -> ofUser(joined.get(index)) + " AS " + name(index))
            .collect(Collectors.joining(", "));
    return events
        + " ANY LEFT JOIN (SELECT user_number, "
        + values
        + " FROM profiles_v1 WHERE project_id = "
        + parameters.project(project)
        + ") AS known USING (user_number)";
  }

  /** The value as a journey writes it: what is not there stays apart from what is empty. */
  String marked(Column column) {
    return switch (column) {
      case Column.Name _ -> "concat('=', name)";
      case Column.Property(String name) -> marked(EventSql.operand(parameters, name));
      case Column.Trait _, Column.LoginId _ -> name(joined.indexOf(column));
    };
  }

  /** The value; empty where there is none. */
  String raw(Column column) {
    return switch (column) {
      case Column.Name _ -> "name";
      case Column.Property(String name) -> EventSql.operand(parameters, name).raw();
      case Column.Trait _, Column.LoginId _ -> "substring(" + marked(column) + ", 2)";
    };
  }

  /** Whether there is a value. */
  String present(Column column) {
    return switch (column) {
      case Column.Name _ -> "1";
      case Column.Property(String name) -> EventSql.operand(parameters, name).present();
      case Column.Trait _, Column.LoginId _ -> marked(column) + " != ''";
    };
  }

  private static boolean isJoined(Column column) {
    return switch (column) {
      case Column.Trait _, Column.LoginId _ -> true;
      case Column.Name _, Column.Property _ -> false;
    };
  }

  private static String name(int index) {
    return "known" + index;
  }

  private String ofUser(Column column) {
    return switch (column) {
      case Column.Trait(String name) -> {
        Operand value = Operand.ofTrait(parameters, name);
        yield "if(" + value.present() + ", concat('=', " + value.text() + "), '')";
      }
      case Column.LoginId _ -> "if(login_id != '', concat('=', login_id), '')";
      case Column.Name _, Column.Property _ ->
          throw new IllegalArgumentException(column + " comes with events");
    };
  }

  private static String marked(Operand value) {
    return "if(" + value.present() + ", concat('=', " + value.raw() + "), '')";
  }
}
