package io.tenure.collector.store.column;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.collector.domain.column.ColumnKind;
import io.tenure.collector.domain.column.ColumnState;
import io.tenure.collector.domain.column.ColumnStore;
import io.tenure.collector.domain.column.PropertyColumn;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.TableLayout;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Columns the engine computes from the map {@code properties}: when a row is written, when a
 * mutation changes the map, and when a part is read that does not have them yet. So an insert knows
 * nothing of them, and they can't tell anything but what the map says.
 */
public final class ClickHouseColumnStore implements ColumnStore {

  private static final String CHANGE = "ALTER TABLE events {sharded by intHash64(user_number)} ";

  /** Parts of one name may lie on several servers. */
  private static final String HAS_COLUMN =
      """
      (hostName(), name) IN (
        SELECT hostName(), name FROM %s
        WHERE database = currentDatabase() AND table IN ('events', 'events_local') AND active AND column = {column:String})
      """;

  private final ClickHouse clickHouse;
  private final EventViews views;
  private final String parts;
  private final String mutations;
  private final String hasColumn;

  /** Columns of the table {@code events}. */
  public ClickHouseColumnStore(ClickHouse clickHouse) {
    TableLayout layout = clickHouse.layout();
    this.clickHouse = clickHouse;
    this.views = new EventViews(clickHouse);
    this.parts = layout.everywhere("system.parts");
    this.mutations = layout.everywhere("system.mutations");
    this.hasColumn = HAS_COLUMN.formatted(layout.everywhere("system.parts_columns"));
  }

  @Override
  public List<PropertyColumn> list() {
    return clickHouse.query(
        """
        SELECT number, max(revision) AS last, argMax(property, revision) AS of, argMax(kind, revision) AS made_for,
          argMax(state, revision) AS now, argMax(author, revision) AS whose,
          toUnixTimestamp64Milli(argMax(time, revision)) AS since
        FROM property_columns GROUP BY number ORDER BY number
        """,
        Map.of(),
        ClickHouseColumnStore::column);
  }

  private static PropertyColumn column(GenericRecord row) {
    return new PropertyColumn(
        Math.toIntExact(row.getLong("number")),
        Math.toIntExact(row.getLong("last")),
        row.getString("of"),
        ColumnKind.valueOf(row.getString("made_for")),
        ColumnState.valueOf(row.getString("now")),
        row.getString("whose"),
        Instant.ofEpochMilli(row.getLong("since")));
  }

  /** Of two rows with the same token the store keeps the first. */
  @Override
  public void save(PropertyColumn column) {
    String nonce = UUID.randomUUID().toString();
    Map<String, Object> row = new HashMap<>();
    row.put("number", column.number());
    row.put("revision", column.revision());
    row.put("property", column.property());
    row.put("kind", column.kind().name());
    row.put("state", column.state().name());
    row.put("author", column.author());
    row.put("nonce", nonce);
    row.put("time", column.time().toString());
    clickHouse.insert(
        "property_columns",
        List.of(row),
        "property_columns:" + column.number() + ":" + column.revision());
    List<String> winners =
        clickHouse.query(
            """
            SELECT nonce FROM property_columns
            WHERE number = {number:UInt32} AND revision = {revision:UInt32}
            """,
            Map.of("number", column.number(), "revision", column.revision()),
            found -> found.getString("nonce"));
    if (!winners.equals(List.of(nonce))) {
      throw Failure.of(Reason.ABORTED, "Columns were changed at the same time; try again");
    }
  }

  @Override
  public void add(PropertyColumn column) {
    if (views.columns("events").containsAll(column.names())) {
      return;
    }
    String text =
        switch (column.kind()) {
          case TEXT, NUMBER -> "Nullable(String)";
          case CHOICE -> "LowCardinality(Nullable(String))";
        };
    String sql =
        CHANGE
            + "ADD COLUMN IF NOT EXISTS "
            + column.textColumn()
            + " "
            + text
            + " MATERIALIZED if(mapContains(properties, {property:String}),"
            + " properties[{property:String}], NULL) CODEC(ZSTD(1))";
    if (column.kind() == ColumnKind.NUMBER) {
      sql +=
          ", ADD COLUMN IF NOT EXISTS "
              + column.numberColumn()
              + " Nullable(Decimal(76, 38)) MATERIALIZED"
              + " toDecimal256OrNull(properties[{property:String}], 38) CODEC(ZSTD(1))";
    }
    clickHouse.execute(sql, Map.of("property", column.property()));
  }

  @Override
  public void drop(PropertyColumn column) {
    clickHouse.execute(
        column.names().stream()
            .map(name -> "DROP COLUMN IF EXISTS " + name)
            .collect(Collectors.joining(", ", CHANGE, "")),
        Map.of());
  }

  @Override
  public void show(List<PropertyColumn> columns) {
    views.show(columns.stream().flatMap(column -> column.names().stream()).toList());
  }

  @Override
  public Map<Integer, Long> storedRows(List<PropertyColumn> columns) {
    Map<Integer, Long> rows = new HashMap<>();
    rows.put(0, rows("1", ""));
    for (PropertyColumn column : columns) {
      rows.put(column.number(), rows(hasColumn, column.names().getLast()));
    }
    return rows;
  }

  private long rows(String condition, String column) {
    return clickHouse
        .query(
            "SELECT sum(rows) AS found FROM "
                + parts
                + " WHERE database = currentDatabase() AND"
                + " table IN ('events', 'events_local') AND active AND "
                + condition,
            Map.of("column", column),
            row -> row.getLong("found"))
        .getFirst();
  }

  @Override
  public boolean busy() {
    return clickHouse
            .query(
                """
                SELECT count() AS open FROM %s
                WHERE database = currentDatabase() AND table IN ('events', 'events_local') AND NOT is_done
                """
                    .formatted(mutations),
                Map.of(),
                row -> row.getLong("open"))
            .getFirst()
        > 0;
  }

  @Override
  public Optional<String> incompletePartition(List<PropertyColumn> columns) {
    return columns.stream()
        .flatMap(column -> column.names().stream())
        .flatMap(name -> incomplete(name).stream())
        .max(String::compareTo);
  }

  private Optional<String> incomplete(String column) {
    return clickHouse
        .query(
            "SELECT partition_id FROM "
                + parts
                + " WHERE database = currentDatabase() AND table IN"
                + " ('events', 'events_local') AND active AND NOT "
                + hasColumn
                + " ORDER BY partition_id DESC LIMIT 1",
            Map.of("column", column),
            row -> row.getString("partition_id"))
        .stream()
        .findFirst();
  }

  /** Columns that are stored there already are left alone. */
  @Override
  public void complete(List<PropertyColumn> columns, String partition) {
    if (!partition.matches("[0-9]{1,8}")) {
      throw new IllegalArgumentException("No partition of events");
    }
    List<String> missing =
        columns.stream()
            .flatMap(column -> column.names().stream())
            .filter(name -> lacks(name, partition))
            .toList();
    if (!missing.isEmpty()) {
      clickHouse.execute(
          missing.stream()
              .map(name -> "MATERIALIZE COLUMN %s IN PARTITION ID '%s'".formatted(name, partition))
              .collect(Collectors.joining(", ", "ALTER TABLE events {on shards} ", "")),
          Map.of());
    }
  }

  private boolean lacks(String column, String partition) {
    return clickHouse
            .query(
                "SELECT count() AS parts FROM "
                    + parts
                    + " WHERE database = currentDatabase() AND"
                    + " table IN ('events', 'events_local') AND active AND partition_id ="
                    + " {partition:String} AND NOT "
                    + hasColumn,
                Map.of("column", column, "partition", partition),
                row -> row.getLong("parts"))
            .getFirst()
        > 0;
  }
}
