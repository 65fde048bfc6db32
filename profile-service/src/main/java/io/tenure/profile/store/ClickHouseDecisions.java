package io.tenure.profile.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Decisions;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.Rule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Decisions about ids in the ClickHouse table {@code identity_decisions}, whose engine keeps one
 * row for each record and id, so writes may be repeated.
 */
public final class ClickHouseDecisions implements Decisions {

  private static final List<Column<Decision>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.project().value())),
          new Column<>("kind", (row, out) -> out.text(row.kind().name())),
          new Column<>("id", (row, out) -> out.text(row.id())),
          new Column<>("rule", (row, out) -> out.text(row.rule().name())),
          new Column<>("log_id", (row, out) -> out.text(row.logId())),
          new Column<>("log_offset", (row, out) -> out.number64(row.offset())),
          new Column<>("user_number", (row, out) -> out.number32((int) row.userNumber())),
          new Column<>(
              "former_user_number", (row, out) -> out.number32((int) row.formerUserNumber())),
          new Column<>("other_id", (row, out) -> out.text(row.otherId())),
          new Column<>(
              "other_user_number", (row, out) -> out.number32((int) row.otherUserNumber())),
          new Column<>("event_time", (row, out) -> out.milliseconds(row.eventTime())),
          new Column<>("decide_time", (row, out) -> out.milliseconds(row.decideTime())));

  private final ClickHouse clickHouse;

  /** Decisions in the given store. */
  public ClickHouseDecisions(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void save(String origin, List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    CRC32C content = new CRC32C();
    for (Decision decision : decisions) {
      content.update(decision.toString().getBytes(StandardCharsets.UTF_8));
    }
    clickHouse.insert(
        "identity_decisions",
        COLUMNS,
        decisions,
        "identity_decisions:" + origin + ":" + content.getValue());
  }

  @Override
  public List<Decision> find(ProjectId project, IdKind kind, String id) {
    return clickHouse.query(
        """
        SELECT rule, log_id, log_offset, user_number, former_user_number, other_id, other_user_number,
          toUnixTimestamp64Milli(event_time) AS event_millis, toUnixTimestamp64Milli(decide_time) AS decide_millis
        FROM identity_decisions FINAL
        WHERE project_id = {project:String} AND kind = {kind:String} AND id = {id:String}
        ORDER BY decide_time DESC, log_offset DESC, log_id
        LIMIT 1000
        """,
        Map.of("project", project.value(), "kind", kind.name(), "id", id),
        row -> read(project, kind, id, row));
  }

  @Override
  public List<Decision> ofPerson(
      ProjectId project, Collection<Long> numbers, Collection<String> ids, int skip, int limit) {
    SqlParameters parameters = new SqlParameters();
    String users = parameters.userNumbers(numbers);
    String sql =
        """
        SELECT kind, id, rule, log_id, log_offset, user_number, former_user_number, other_id, other_user_number,
          toUnixTimestamp64Milli(event_time) AS event_millis, toUnixTimestamp64Milli(decide_time) AS decide_millis
        FROM identity_decisions FINAL
        WHERE project_id = %s AND kind IN ('LOGIN', 'DEVICE', 'KEYED') AND id IN %s
          AND (user_number IN %s OR former_user_number IN %s)
        ORDER BY decide_time, log_id, log_offset, kind, id
        LIMIT %s OFFSET %s
        """
            .formatted(
                parameters.project(project),
                parameters.texts(ids),
                users,
                users,
                parameters.number(limit),
                parameters.number(skip));
    return clickHouse.query(
        sql,
        parameters.values(),
        row -> read(project, IdKind.valueOf(row.getString("kind")), row.getString("id"), row));
  }

  private static Decision read(ProjectId project, IdKind kind, String id, GenericRecord row) {
    return new Decision(
        project,
        kind,
        id,
        Rule.valueOf(row.getString("rule")),
        row.getString("log_id"),
        row.getLong("log_offset"),
        row.getLong("user_number"),
        row.getLong("former_user_number"),
        row.getString("other_id"),
        row.getLong("other_user_number"),
        Instant.ofEpochMilli(row.getLong("event_millis")),
        Instant.ofEpochMilli(row.getLong("decide_millis")));
  }
}
