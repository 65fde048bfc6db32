package io.tenure.profile.store.computed;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.ComputedChange;
import io.tenure.profile.domain.computed.ComputedValues;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Changes of computed values in the ClickHouse table {@code computed_traits}. */
public final class ClickHouseComputedValues implements ComputedValues {

  private static final List<Column<ComputedChange>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.project().value())),
          new Column<>("definition_id", (row, out) -> out.text(row.definitionId())),
          new Column<>("user_number", (row, out) -> out.number32((int) row.userNumber())),
          new Column<>("trait", (row, out) -> out.text(row.trait())),
          new Column<>("value", (row, out) -> out.text(row.value().json())),
          new Column<>("as_of_time", (row, out) -> out.milliseconds(row.asOf())),
          new Column<>("log_offset", (row, out) -> out.number64(row.offset())),
          new Column<>("computation_id", (row, out) -> out.text(row.computationId())));

  private final ClickHouse clickHouse;

  /** Values in the given store. */
  public ClickHouseComputedValues(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<Long, Map<String, TraitValue>> latest(
      ProjectId project, String definitionId, long after, long upTo) {
    Map<Long, Map<String, TraitValue>> values = new HashMap<>();
    clickHouse.scan(
        """
        SELECT user_number, trait, argMax(value, log_offset) AS latest FROM computed_traits
        WHERE project_id = {project:String} AND definition_id = {definition:String}
          AND user_number > {after:UInt64} AND user_number <= {upTo:UInt64}
        GROUP BY user_number, trait HAVING latest != 'null'
        """,
        Map.of(
            "project", project.value(), "definition", definitionId, "after", after, "upTo", upTo),
        row ->
            values
                .computeIfAbsent(row.getLong("user_number"), user -> new TreeMap<>())
                .put(row.getString("trait"), new TraitValue(row.getString("latest"))));
    return values;
  }

  @Override
  public Map<String, TraitValue> at(ProjectId project, long userNumber, Instant time) {
    Map<String, TraitValue> values = new TreeMap<>();
    clickHouse.scan(
        """
        SELECT trait, argMax(value, log_offset) AS latest FROM computed_traits
        WHERE project_id = {project:String} AND user_number = {user:UInt64}
          AND as_of_time <= fromUnixTimestamp64Milli({time:Int64}, 'UTC')
        GROUP BY trait HAVING latest != 'null'
        """,
        Map.of("project", project.value(), "user", userNumber, "time", time.toEpochMilli()),
        row -> values.put(row.getString("trait"), new TraitValue(row.getString("latest"))));
    return values;
  }

  @Override
  public List<Current> ofUsers(ProjectId project, Collection<Long> userNumbers) {
    return clickHouse.query(
        """
        SELECT definition_id, user_number, trait FROM computed_traits
        WHERE project_id = {project:String} AND user_number IN {users:Array(UInt32)}
        GROUP BY definition_id, user_number, trait HAVING argMax(value, log_offset) != 'null'
        ORDER BY definition_id, user_number, trait
        """,
        Map.of("project", project.value(), "users", userNumbers),
        row ->
            new Current(
                row.getString("definition_id"),
                row.getLong("user_number"),
                row.getString("trait")));
  }

  @Override
  public void add(List<ComputedChange> changes) {
    if (!changes.isEmpty()) {
      ComputedChange first = changes.getFirst();
      clickHouse.insert(
          "computed_traits",
          COLUMNS,
          changes,
          "computed:" + first.project() + ":" + first.computationId() + ":" + first.offset());
    }
  }

  @Override
  public void changes(
      ProjectId project, String computationId, long after, Consumer<ComputedChange> consumer) {
    clickHouse.scan(
        """
        SELECT definition_id, user_number, trait, value, log_offset,
          toUnixTimestamp64Milli(as_of_time) AS as_of
        FROM computed_traits FINAL
        WHERE project_id = {project:String} AND computation_id = {computation:String}
          AND user_number > {after:UInt64}
        ORDER BY log_offset
        """,
        Map.of("project", project.value(), "computation", computationId, "after", after),
        row -> consumer.accept(change(project, computationId, row)));
  }

  @Override
  public List<ComputedChange> ofUser(ProjectId project, long userNumber, long after, int limit) {
    return clickHouse.query(
        """
        SELECT definition_id, user_number, trait, value, log_offset, computation_id,
          toUnixTimestamp64Milli(as_of_time) AS as_of
        FROM computed_traits FINAL
        WHERE project_id = {project:String} AND user_number = {user:UInt32}
          AND toInt64(log_offset) > {after:Int64}
        ORDER BY log_offset LIMIT {limit:UInt32}
        """,
        Map.of("project", project.value(), "user", userNumber, "after", after, "limit", limit),
        row -> change(project, row.getString("computation_id"), row));
  }

  private static ComputedChange change(ProjectId project, String computationId, GenericRecord row) {
    return new ComputedChange(
        project,
        row.getString("definition_id"),
        row.getLong("user_number"),
        row.getString("trait"),
        new TraitValue(row.getString("value")),
        Instant.ofEpochMilli(row.getLong("as_of")),
        row.getLong("log_offset"),
        computationId);
  }

  @Override
  public long highestOffset(ProjectId project) {
    return clickHouse
        .query(
            "SELECT max(log_offset) AS highest FROM computed_traits WHERE project_id ="
                + " {project:String}",
            Map.of("project", project.value()),
            row -> row.getLong("highest"))
        .getFirst();
  }
}
