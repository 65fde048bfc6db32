package io.tenure.profile.store.consent;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.consent.ConsentEntry;
import io.tenure.profile.domain.consent.ConsentLedger;
import io.tenure.profile.domain.consent.ConsentSource;
import io.tenure.profile.domain.consent.ConsentState;
import io.tenure.profile.domain.consent.Purpose;
import io.tenure.profile.domain.identity.IdKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Decisions in the ClickHouse table {@code consents}, which nobody ever changes a row of. */
public final class ClickHouseConsentLedger implements ConsentLedger {

  private static final List<Column<ConsentEntry>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.project().value())),
          new Column<>("user_number", (row, out) -> out.number32((int) row.userNumber())),
          new Column<>("kind", (row, out) -> out.text(row.kind().name())),
          new Column<>("id", (row, out) -> out.text(row.id())),
          new Column<>("purpose", (row, out) -> out.text(row.purpose().name())),
          new Column<>("state", (row, out) -> out.text(row.state().name())),
          new Column<>("text_version", (row, out) -> out.text(row.textVersion())),
          new Column<>("effective_time", (row, out) -> out.milliseconds(row.effectiveTime())),
          new Column<>("record_time", (row, out) -> out.milliseconds(row.recordTime())),
          new Column<>("source", (row, out) -> out.text(row.source().name())),
          new Column<>("author", (row, out) -> out.text(row.author())),
          new Column<>("origin", (row, out) -> out.text(row.origin())));

  private static final String SELECT =
      """
      SELECT project_id, user_number, kind, id, purpose, state, text_version,
        toUnixTimestamp64Milli(effective_time) AS effective_millis,
        toUnixTimestamp64Milli(record_time) AS record_millis, source, author, origin
      """;

  private final ClickHouse clickHouse;

  /** A ledger in the given store. */
  public ClickHouseConsentLedger(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public void add(String token, List<ConsentEntry> entries) {
    clickHouse.insert("consents", COLUMNS, entries, token);
  }

  @Override
  public List<ConsentEntry> ofOrigin(ProjectId project, String origin) {
    return clickHouse.query(
        SELECT
            + """
            FROM consents FINAL
            WHERE project_id = {project:String} AND origin = {origin:String}
            ORDER BY kind, id, purpose, effective_time
            """,
        Map.of("project", project.value(), "origin", origin),
        ClickHouseConsentLedger::read);
  }

  @Override
  public List<ConsentEntry> ofPerson(
      ProjectId project, Collection<Long> numbers, Collection<String> ids, int skip, int limit) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        SELECT
            + """
            FROM consents FINAL
            WHERE project_id = %s
              AND (user_number IN %s OR user_number = 0 AND id IN %s)
            ORDER BY effective_time DESC, record_time DESC,
              toUInt64OrZero(splitByChar(':', origin)[-1]) DESC, purpose, kind, id, origin
            LIMIT %s OFFSET %s
            """
                .formatted(
                    parameters.project(project),
                    parameters.userNumbers(numbers),
                    parameters.texts(ids),
                    parameters.number(limit),
                    parameters.number(skip));
    return clickHouse.query(sql, parameters.values(), ClickHouseConsentLedger::read);
  }

  @Override
  public void all(
      ProjectId project, Consumer<ConsentEntry> spoken, Consumer<ConsentEntry> granted) {
    clickHouse.scan(
        SELECT
            + """
            , user_number = 0 OR (user_number, purpose) IN (
                SELECT user_number, purpose FROM consents
                WHERE project_id = {project:String} AND state = 'WITHDRAWN'
              ) AS spoke
            FROM consents FINAL
            WHERE project_id = {project:String}
            """,
        Map.of("project", project.value()),
        row -> (row.getLong("spoke") == 1 ? spoken : granted).accept(read(row)));
  }

  @Override
  public void since(Instant time, Consumer<ConsentEntry> consumer) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        SELECT
            + "FROM consents WHERE record_time >= "
            + parameters.instant(time)
            + " ORDER BY effective_time, record_time";
    clickHouse.scan(sql, parameters.values(), row -> consumer.accept(read(row)));
  }

  @Override
  public Set<ProjectId> projects() {
    return Set.copyOf(
        clickHouse.query(
            "SELECT DISTINCT project_id FROM consents",
            Map.of(),
            row -> new ProjectId(row.getString("project_id"))));
  }

  private static ConsentEntry read(GenericRecord row) {
    return new ConsentEntry(
        new ProjectId(row.getString("project_id")),
        IdKind.valueOf(row.getString("kind")),
        row.getString("id"),
        row.getLong("user_number"),
        Purpose.valueOf(row.getString("purpose")),
        ConsentState.valueOf(row.getString("state")),
        row.getString("text_version"),
        Instant.ofEpochMilli(row.getLong("effective_millis")),
        Instant.ofEpochMilli(row.getLong("record_millis")),
        ConsentSource.valueOf(row.getString("source")),
        row.getString("author"),
        row.getString("origin"));
  }
}
