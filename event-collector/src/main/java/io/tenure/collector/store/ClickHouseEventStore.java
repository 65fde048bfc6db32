package io.tenure.collector.store;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.store.column.EventViews;
import io.tenure.collector.store.quarantine.ContextJson;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Events and quarantined records in ClickHouse. */
public final class ClickHouseEventStore implements EventStore {

  /** The owner of the schema. */
  private static final String OWNER = "event-collector";

  /** ClickHouse refuses a block that touches more than 100 partitions; ours are months. */
  private static final int MONTHS_PER_INSERT = 90;

  private final ClickHouse clickHouse;
  private final ClickHouseFinals finals;
  private final Supplier<Migrations> migrations;
  private boolean prepared;

  /**
   * A store.
   *
   * @param migrations asked for only when {@link #prepare} runs, since they wait for the server
   */
  public ClickHouseEventStore(ClickHouse clickHouse, Supplier<Migrations> migrations) {
    this.clickHouse = clickHouse;
    this.finals = new ClickHouseFinals(clickHouse);
    this.migrations = migrations;
  }

  /** Every sink asks for it; the first one does it. */
  @Override
  public synchronized void prepare() {
    if (!prepared) {
      migrations.get().run(OWNER);
      new EventViews(clickHouse).renew();
      prepared = true;
    }
  }

  @Override
  public void storeEvents(Batch batch, Withheld withheld, List<StoredEvent> events) {
    Map<ProjectId, Map<Integer, Integer>> finalNumbers = finals.of(events);
    Map<YearMonth, List<EventRow>> months = new TreeMap<>();
    for (StoredEvent event : events) {
      LogRecord.Source source = event.event().source();
      int number =
          finalNumbers.getOrDefault(source.project(), Map.of()).getOrDefault(event.userNumber(), 0);
      months
          .computeIfAbsent(month(source.eventTime()), month -> new ArrayList<>())
          .add(new EventRow(batch.logId(), event, number));
    }
    split(
        List.copyOf(months.values()),
        withheld.token(batch.token("events@1")),
        (rows, token) -> clickHouse.insert("events", EventRow.COLUMNS, rows, token));
  }

  /** The names, projects and days of the events lead to their granules; offsets alone would not. */
  @Override
  public Withheld storedBefore(Batch batch, Withheld withheld) {
    List<LogRecord.Event> events =
        batch.entries().stream()
            .filter(entry -> withheld.contains(entry.offset()))
            .map(Batch.Entry::record)
            .filter(LogRecord.Event.class::isInstance)
            .map(LogRecord.Event.class::cast)
            .toList();
    if (events.isEmpty()) {
      return Withheld.NOTHING;
    }
    return new Withheld(
        Set.copyOf(
            clickHouse.query(
                """
                SELECT DISTINCT log_offset AS stored FROM events
                WHERE project_id IN {projects:Array(String)} AND name IN {names:Array(String)}
                  AND toDate(event_time) IN {days:Array(Date)}
                  AND log_id = {log:String} AND log_offset IN {offsets:Array(UInt64)}
                """,
                Map.of(
                    "projects",
                    events.stream().map(event -> event.project().value()).distinct().toList(),
                    "names",
                    events.stream().map(LogRecord.Event::name).distinct().toList(),
                    "days",
                    events.stream().map(event -> day(event).toString()).distinct().toList(),
                    "log",
                    batch.logId(),
                    "offsets",
                    List.copyOf(withheld.offsets())),
                row -> row.getLong("stored"))));
  }

  private static LocalDate day(LogRecord.Event event) {
    return LocalDate.ofInstant(event.source().eventTime(), ZoneOffset.UTC);
  }

  @Override
  public void storeItems(Batch batch, List<StoredItem> items) {
    clickHouse.insert(
        "items", items.stream().map(item -> row(batch, item)).toList(), batch.token("items@1"));
  }

  @Override
  public void storeQuarantined(Batch batch, List<StoredQuarantined> records) {
    Map<YearMonth, List<Map<String, ?>>> months = new TreeMap<>();
    for (StoredQuarantined record : records) {
      months
          .computeIfAbsent(month(record.record().receiveTime()), month -> new ArrayList<>())
          .add(row(batch, record));
    }
    split(
        List.copyOf(months.values()),
        batch.token("quarantine@2"),
        (rows, token) -> clickHouse.insert("quarantine", rows, token));
  }

  private static YearMonth month(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }

  /** One insert nearly always; the same split whenever the same batch comes again. */
  private static <R> void split(
      List<List<R>> months, String token, BiConsumer<List<R>, String> insert) {
    for (int from = 0; from < months.size(); from += MONTHS_PER_INSERT) {
      List<R> rows =
          months.subList(from, Math.min(months.size(), from + MONTHS_PER_INSERT)).stream()
              .flatMap(List::stream)
              .toList();
      insert.accept(rows, from == 0 ? token : token + ":" + from);
    }
  }

  private static Map<String, ?> row(Batch batch, StoredItem stored) {
    LogRecord.Item item = stored.item();
    LogRecord.Source source = item.source();
    Map<String, Object> row = HashMap.newHashMap(13);
    row.put("project_id", source.project().value());
    row.put("kind", item.kind().label());
    row.put("item_type", item.type());
    row.put("item_id", item.itemId());
    row.put("event_time", source.eventTime().toString());
    row.put("receive_time", source.receiveTime().toString());
    row.put("deleted", item.deleted() ? 1 : 0);
    row.put("login_id", source.identity().loginId());
    row.put("anonymous_id", source.identity().anonymousId());
    row.put("library", source.library());
    row.put("properties", item.properties());
    row.put("log_id", batch.logId());
    row.put("log_offset", stored.offset());
    return row;
  }

  private static Map<String, ?> row(Batch batch, StoredQuarantined stored) {
    LogRecord.Quarantined record = stored.record();
    Map<String, Object> row = HashMap.newHashMap(12);
    row.put("project_id", record.project().value());
    row.put("receive_time", record.receiveTime().toString());
    row.put("dialect", record.dialect().label());
    row.put("reason", record.reason().name());
    row.put("detail", record.detail());
    row.put("original", Base64.getEncoder().encodeToString(record.original()));
    row.put("event_name", record.context().eventName());
    row.put("library", record.context().library());
    row.put("context", ContextJson.of(record.context()));
    row.put("shared", record.context().shared());
    row.put("log_id", batch.logId());
    row.put("log_offset", stored.offset());
    return row;
  }

  @Override
  public Map<Long, RangeCount> countRanges(String logId, List<Long> firsts, long last) {
    Map<Long, RangeCount> counts = new HashMap<>();
    clickHouse.scan(
        """
        SELECT roundDown(log_offset, {firsts:Array(UInt64)}) AS range, count() AS found,
          uniqExact(log_offset) AS offsets, min(log_offset) AS lowest, max(log_offset) AS highest
        FROM (
          SELECT log_offset FROM events
          WHERE log_id = {log:String} AND log_offset BETWEEN {first:UInt64} AND {last:UInt64}
          UNION ALL
          SELECT arrayJoin(bitmapToArray(bitmapSubsetInRange(
            groupBitmapMergeState(offsets), {first:UInt64}, {last:UInt64} + 1))) AS log_offset
          FROM expired_events
          WHERE log_id = {log:String}
            AND block BETWEEN intDiv({first:UInt64}, 16777216) AND intDiv({last:UInt64}, 16777216)
        )
        GROUP BY range
        """,
        Map.of("log", logId, "firsts", firsts, "first", firsts.getFirst(), "last", last),
        row ->
            counts.put(
                row.getLong("range"),
                new RangeCount(
                    row.getLong("found"),
                    row.getLong("offsets"),
                    row.getLong("lowest"),
                    row.getLong("highest"))));
    return counts;
  }

  @Override
  public long countExpired(String logId, ProjectId project) {
    return clickHouse
        .query(
            """
            SELECT sum(expired) AS total FROM (
              SELECT groupBitmapMerge(offsets) AS expired FROM expired_events
              WHERE project_id = {project:String} AND log_id = {log:String}
              GROUP BY block)
            """,
            Map.of("project", project.value(), "log", logId),
            row -> row.getLong("total"))
        .getFirst();
  }

  @Override
  public long countStored(String logId, ProjectId project) {
    return clickHouse
        .query(
            """
            SELECT uniqExact(log_offset) AS stored FROM events
            WHERE project_id = {project:String} AND log_id = {log:String}
            """,
            Map.of("project", project.value(), "log", logId),
            row -> row.getLong("stored"))
        .getFirst();
  }
}
