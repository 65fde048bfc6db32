package io.tenure.collector.store.quarantine;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.quarantine.QuarantineFilter;
import io.tenure.collector.domain.quarantine.QuarantineId;
import io.tenure.collector.domain.quarantine.QuarantineKey;
import io.tenure.collector.domain.quarantine.QuarantineState;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.quarantine.QuarantinedEntry;
import io.tenure.collector.domain.quarantine.QuarantinedEntry.Decision;
import io.tenure.collector.domain.quarantine.Replay;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Quarantine in ClickHouse. Records are never changed: what became of them stands in a table of its
 * own, whose newest row counts.
 */
public final class ClickHouseQuarantineStore implements QuarantineStore {

  /** Places of records with their latest state, of one filter. */
  private static final String FOUND =
      """
      FROM quarantine AS q
      LEFT JOIN (
        SELECT log_id, log_offset,
          argMax(tuple(state, operation_id, event_id, author, toUnixTimestamp64Milli(time)), time) AS decision
        FROM quarantine_states WHERE project_id = {project:String} GROUP BY log_id, log_offset
      ) AS s ON q.log_id = s.log_id AND q.log_offset = s.log_offset
      WHERE q.project_id = {project:String}
        AND (empty({reasons:Array(String)}) OR has({reasons:Array(String)}, q.reason))
        AND ({dialect:String} = '' OR q.dialect = {dialect:String})
        AND ({event:String} = '' OR q.event_name = {event:String})
        AND startsWith(q.library, {library:String})
        AND ({state:String} = '' OR if(s.decision.1 = '', 'OPEN', s.decision.1) = {state:String})
        AND q.receive_time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND q.receive_time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND (empty({ids:Array(String)}) OR has({ids:Array(String)}, concat(q.log_id, ':', toString(q.log_offset))))
      """;

  private static final String COUNT_BY_HOUR =
      "SELECT toUnixTimestamp(toStartOfHour(q.receive_time)) AS hour, q.reason AS reason, count()"
          + " AS records "
          + FOUND
          + " GROUP BY hour, reason ORDER BY hour DESC, reason LIMIT {limit:UInt32}";

  private static final String COUNT_BY_REASON =
      "SELECT q.reason AS reason, count() AS records "
          + FOUND
          + " GROUP BY reason ORDER BY records DESC, reason";

  /** Finds the places first, so that only the rows of a page are read whole. */
  private static final String LIST =
      """
      SELECT toUnixTimestamp64Milli(r.receive_time) AS received, r.dialect AS dialect, r.reason AS reason,
        r.detail AS detail, r.original AS original, r.context AS context, r.shared AS shared,
        r.event_name AS event_name, r.library AS library, r.log_id AS log_id, r.log_offset AS log_offset,
        p.state AS state, p.operation_id AS operation_id, p.event_id AS event_id, p.author AS author,
        p.decided AS decided
      FROM quarantine AS r
      INNER JOIN (
        SELECT q.receive_time AS receive_time, q.log_id AS log_id, q.log_offset AS log_offset,
          s.decision.1 AS state, s.decision.2 AS operation_id, s.decision.3 AS event_id,
          s.decision.4 AS author, s.decision.5 AS decided
      """
          + FOUND
          + """
              AND (toUnixTimestamp64Milli(q.receive_time), q.log_id, q.log_offset)
                < ({received:Int64}, {log:String}, {offset:UInt64})
            ORDER BY q.receive_time DESC, q.log_id DESC, q.log_offset DESC
            LIMIT {limit:UInt32}
          ) AS p ON r.receive_time = p.receive_time AND r.log_id = p.log_id AND r.log_offset = p.log_offset
          WHERE r.project_id = {project:String}
            AND r.receive_time >= fromUnixTimestamp64Milli({oldest:Int64}, 'UTC')
            AND r.receive_time <= fromUnixTimestamp64Milli({newest:Int64}, 'UTC')
          ORDER BY r.receive_time DESC, r.log_id DESC, r.log_offset DESC
          """;

  private static final String BOUNDS =
      """
      SELECT min(received) AS oldest, max(received) AS newest, count() AS records FROM (
        SELECT toUnixTimestamp64Milli(q.receive_time) AS received
      """
          + FOUND
          + """
              AND (toUnixTimestamp64Milli(q.receive_time), q.log_id, q.log_offset)
                < ({received:Int64}, {log:String}, {offset:UInt64})
            ORDER BY q.receive_time DESC, q.log_id DESC, q.log_offset DESC
            LIMIT {limit:UInt32}
          )
          """;

  private final ClickHouse clickHouse;
  private final QuarantinedSharing sharing;

  /** Quarantine in the configured database. */
  public ClickHouseQuarantineStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.sharing = new QuarantinedSharing(clickHouse);
  }

  @Override
  public List<QuarantinedEntry> list(
      ProjectId project, QuarantineFilter filter, QuarantineKey before, int limit) {
    Map<String, Object> parameters = parameters(project, filter);
    parameters.put("received", before.receiveTime().toEpochMilli());
    parameters.put("log", before.id().logId());
    parameters.put("offset", before.id().offset());
    parameters.put("limit", limit);
    List<long[]> bounds =
        clickHouse.query(
            BOUNDS,
            parameters,
            row ->
                new long[] {row.getLong("oldest"), row.getLong("newest"), row.getLong("records")});
    if (bounds.getFirst()[2] == 0) {
      return List.of();
    }
    parameters.put("oldest", bounds.getFirst()[0]);
    parameters.put("newest", bounds.getFirst()[1]);
    return sharing.resolved(
        project, clickHouse.query(LIST, parameters, row -> entry(project, row)));
  }

  @Override
  public Map<String, Long> countByReason(ProjectId project, QuarantineFilter filter) {
    Map<String, Long> counts = new LinkedHashMap<>();
    clickHouse.scan(
        COUNT_BY_REASON,
        parameters(project, filter),
        row -> counts.put(row.getString("reason"), row.getLong("records")));
    return counts;
  }

  @Override
  public List<HourCount> countByHour(ProjectId project, QuarantineFilter filter, int limit) {
    Map<String, Object> parameters = parameters(project, filter);
    parameters.put("limit", limit);
    return clickHouse.query(
        COUNT_BY_HOUR,
        parameters,
        row ->
            new HourCount(
                Instant.ofEpochSecond(row.getLong("hour")),
                row.getString("reason"),
                row.getLong("records")));
  }

  @Override
  public long countReplayed(ProjectId project) {
    return clickHouse
        .query(
            """
            SELECT uniqExact(log_id, log_offset) AS records FROM quarantine_states
            WHERE project_id = {project:String} AND state = 'REPLAYED'
            """,
            Map.of("project", project.value()),
            row -> row.getLong("records"))
        .getFirst();
  }

  @Override
  public void decide(ProjectId project, Map<QuarantineId, Decision> decisions) {
    List<Map<String, ?>> rows = new ArrayList<>(decisions.size());
    decisions.forEach(
        (id, decision) -> {
          Map<String, Object> row = HashMap.newHashMap(8);
          row.put("project_id", project.value());
          row.put("log_id", id.logId());
          row.put("log_offset", id.offset());
          row.put("state", decision.state().name());
          row.put("operation_id", decision.operationId());
          row.put("event_id", decision.eventId());
          row.put("author", decision.author());
          row.put("time", decision.time().toString());
          rows.add(row);
        });
    clickHouse.insert("quarantine_states", rows, null);
  }

  @Override
  public void decideAll(ProjectId project, QuarantineFilter filter, Decision decision) {
    Map<String, Object> parameters = parameters(project, filter);
    parameters.put("decided", decision.state().name());
    parameters.put("operation", decision.operationId());
    parameters.put("author", decision.author());
    parameters.put("time", decision.time().toEpochMilli());
    clickHouse.execute(
        """
        INSERT INTO quarantine_states (project_id, log_id, log_offset, state, operation_id, event_id, author, time)
        SELECT q.project_id, q.log_id, q.log_offset, {decided:String}, {operation:String}, '', {author:String},
          fromUnixTimestamp64Milli({time:Int64}, 'UTC')
        """
            + FOUND,
        parameters);
  }

  @Override
  public void save(Replay replay) {
    clickHouse.insert(
        "quarantine_replays",
        List.of(
            Map.of(
                "project_id",
                replay.project().value(),
                "id",
                replay.id(),
                "revision",
                replay.revision(),
                "body",
                ReplayJson.of(replay),
                "time",
                replay.updateTime().toString())),
        null);
  }

  @Override
  public Optional<Replay> find(ProjectId project, String id) {
    return replays(project, id, 1).stream().findFirst();
  }

  @Override
  public List<Replay> replays(ProjectId project, int limit) {
    return replays(project, "", limit);
  }

  /** Somebody may cancel while the process that runs it reports: cancelled wins. */
  private List<Replay> replays(ProjectId project, String id, int limit) {
    return clickHouse.query(
        """
        SELECT id, toUInt32(max(revision)) AS latest, argMax(body, revision) AS last,
          argMaxIf(body, revision, JSONExtractString(body, 'state') = 'CANCELLED') AS cancelled
        FROM quarantine_replays
        WHERE project_id = {project:String} AND ({id:String} = '' OR id = {id:String})
        GROUP BY id ORDER BY min(time) DESC, id LIMIT {limit:UInt32}
        """,
        Map.of("project", project.value(), "id", id, "limit", limit),
        row -> {
          String cancelled = row.getString("cancelled");
          return ReplayJson.read(
              project,
              row.getString("id"),
              row.getInteger("latest"),
              cancelled.isEmpty() ? row.getString("last") : cancelled);
        });
  }

  private static Map<String, Object> parameters(ProjectId project, QuarantineFilter filter) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("project", project.value());
    parameters.put("reasons", List.copyOf(filter.reasons()));
    parameters.put("dialect", filter.dialect());
    parameters.put("event", filter.eventName());
    parameters.put("library", filter.library());
    parameters.put("state", filter.state().map(QuarantineState::name).orElse(""));
    parameters.put("from", filter.from().toEpochMilli());
    parameters.put("to", filter.to().toEpochMilli());
    parameters.put("ids", filter.ids().stream().map(QuarantineId::toString).toList());
    return parameters;
  }

  private static QuarantinedEntry entry(ProjectId project, GenericRecord row) {
    String label = row.getString("dialect");
    return new QuarantinedEntry(
        new QuarantineId(row.getString("log_id"), row.getLong("log_offset")),
        row.getString("reason"),
        new LogRecord.Quarantined(
            project,
            Instant.ofEpochMilli(row.getLong("received")),
            Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(label))
                .findFirst()
                .orElseThrow(),
            reason(row.getString("reason")),
            row.getString("detail"),
            Base64.getDecoder().decode(row.getString("original")),
            ContextJson.read(
                row.getString("context"),
                row.getString("shared"),
                row.getString("event_name"),
                row.getString("library"))),
        decision(row));
  }

  /** A reason that is no longer given is shown as text only. */
  private static QuarantineReason reason(String name) {
    return Arrays.stream(QuarantineReason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElse(QuarantineReason.MALFORMED_BODY);
  }

  private static Decision decision(GenericRecord row) {
    String state = row.getString("state");
    return state.isEmpty()
        ? Decision.OPEN
        : new Decision(
            QuarantineState.valueOf(state),
            row.getString("operation_id"),
            row.getString("event_id"),
            row.getString("author"),
            Instant.ofEpochMilli(row.getLong("decided")));
  }
}
