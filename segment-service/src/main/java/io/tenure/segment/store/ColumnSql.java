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

/** Columns in a statement about events. Traits are not stored with events, so they are joined. */
final class ColumnSql {

  private final SqlParameters parameters;
  private final ProjectId project;
  private final List<Column.Trait> traits;

  /**
   * @param columns all that the statement has
   */
  ColumnSql(SqlParameters parameters, ProjectId project, Collection<? extends Column> columns) {
    this.parameters = parameters;
    this.project = project;
    this.traits =
        columns.stream()
            .filter(Column.Trait.class::isInstance)
            .map(Column.Trait.class::cast)
            .distinct()
            .toList();
  }

  /** A table of events with what the columns need. */
  String source(String events) {
    if (traits.isEmpty()) {
      return events;
    }
    String values =
        IntStream.range(0, traits.size())
            .mapToObj(index -> trait(traits.get(index)) + " AS trait" + index)
            .collect(Collectors.joining(", "));
    return events
        + " ANY LEFT JOIN (SELECT user_number, "
        + values
        + " FROM profiles_v1 WHERE project_id = "
        + parameters.project(project)
        + ") AS traits USING (user_number)";
  }

  /** The value as a journey writes it: what is not there stays apart from what is empty. */
  String marked(Column column) {
    return switch (column) {
      case Column.Name _ -> "concat('=', name)";
      case Column.Property(String name) -> marked(EventSql.operand(parameters, name));
      case Column.Trait trait -> "trait" + traits.indexOf(trait);
    };
  }

  /** The value; empty where there is none. */
  String raw(Column column) {
    return switch (column) {
      case Column.Name _ -> "name";
      case Column.Property(String name) -> EventSql.operand(parameters, name).raw();
      case Column.Trait _ -> "substring(" + marked(column) + ", 2)";
    };
  }

  /** Whether there is a value. */
  String present(Column column) {
    return switch (column) {
      case Column.Name _ -> "1";
      case Column.Property(String name) -> EventSql.operand(parameters, name).present();
      case Column.Trait _ -> marked(column) + " != ''";
    };
  }

  private String trait(Column.Trait trait) {
    Operand value = Operand.ofTrait(parameters, trait.name());
    return "if(" + value.present() + ", concat('=', " + value.text() + "), '')";
  }

  private static String marked(Operand value) {
    return "if(" + value.present() + ", concat('=', " + value.raw() + "), '')";
  }
}
