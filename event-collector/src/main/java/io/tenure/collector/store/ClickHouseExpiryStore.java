package io.tenure.collector.store;

import io.tenure.collector.domain.expiry.Expiry;
import io.tenure.collector.domain.expiry.ExpiryStore;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ExpiredRows;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The collector's tables. What events are removed is written down before, as sets of offsets, so
 * that writing it down again after a crash counts nothing twice and the books still balance.
 */
public final class ClickHouseExpiryStore implements ExpiryStore {

  private final ClickHouse clickHouse;
  private final ExpiredRows events;
  private final ExpiredRows quarantine;
  private final ExpiredRows states;

  /** Removes from the given store. */
  public ClickHouseExpiryStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.events = ExpiredRows.divided(clickHouse, "events", "event_time");
    this.quarantine = new ExpiredRows(clickHouse, "quarantine", "receive_time");
    this.states = new ExpiredRows(clickHouse, "quarantine_states", "time");
  }

  @Override
  public String waitingReason() {
    return events.busy() || quarantine.busy() || states.busy()
        ? "An earlier change of a table of the collector is not finished"
        : "";
  }

  @Override
  public Map<ProjectId, Map<String, Long>> count(List<Expiry> expiries) {
    Map<ProjectId, Map<String, Long>> counts = new HashMap<>();
    expiries.forEach(expiry -> counts.put(expiry.project(), new HashMap<>()));
    add(counts, "clickhouse.events", events.count(limits(expiries, Expiry::events)));
    add(counts, "clickhouse.event_properties", properties(expiries));
    add(counts, "clickhouse.quarantine", quarantine.count(limits(expiries, Expiry::quarantine)));
    return counts;
  }

  private static void add(
      Map<ProjectId, Map<String, Long>> counts, String store, Map<ProjectId, Long> found) {
    counts.forEach((project, own) -> own.put(store, found.getOrDefault(project, 0L)));
  }

  @Override
  public void expire(List<Expiry> expiries) {
    Map<ProjectId, Instant> old = limits(expiries, Expiry::events);
    note(old);
    events.delete(old);
    blank(expiries);
    quarantine.delete(limits(expiries, Expiry::quarantine));
    // A decision is younger than the record it is about, which is gone then.
    states.delete(limits(expiries, Expiry::quarantine));
  }

  private static Map<ProjectId, Instant> limits(
      List<Expiry> expiries, Function<Expiry, Instant> limit) {
    Map<ProjectId, Instant> limits = new LinkedHashMap<>();
    for (Expiry expiry : expiries) {
      if (limit.apply(expiry).isAfter(Instant.EPOCH)) {
        limits.put(expiry.project(), limit.apply(expiry));
      }
    }
    return limits;
  }

  private void note(Map<ProjectId, Instant> old) {
    if (!events.count(old).isEmpty()) {
      SqlParameters parameters = new SqlParameters();
      String condition = events.condition(old, parameters);
      clickHouse.execute(
          """
          INSERT INTO expired_events
          SELECT project_id, log_id, toUInt32(intDiv(log_offset, 16777216)) AS block,
            groupBitmapState(log_offset) AS offsets
          FROM events WHERE %s
          GROUP BY project_id, log_id, block
          """
              .formatted(condition),
          parameters.values());
    }
  }

  private Map<ProjectId, Long> properties(List<Expiry> expiries) {
    Map<ProjectId, Long> counts = new HashMap<>();
    List<Expiry> ending = expiries.stream().filter(Expiry::endsProperties).toList();
    if (!ending.isEmpty()) {
      SqlParameters parameters = new SqlParameters();
      EndingProperties sql = EndingProperties.of(ending, parameters);
      clickHouse.scan(
          """
          SELECT project_id, sum(arrayCount(name -> %s, mapKeys(properties))) AS found
          FROM events WHERE %s GROUP BY project_id
          """
              .formatted(sql.ends(), sql.rows()),
          parameters.values(),
          row -> counts.put(new ProjectId(row.getString("project_id")), row.getLong("found")));
    }
    return counts;
  }

  /** Parts without such a property are not rewritten: the engine looks before. */
  private void blank(List<Expiry> expiries) {
    List<Expiry> ending = expiries.stream().filter(Expiry::endsProperties).toList();
    if (properties(ending).values().stream().anyMatch(count -> count > 0)) {
      SqlParameters parameters = new SqlParameters();
      EndingProperties sql = EndingProperties.of(ending, parameters);
      clickHouse.execute(
          """
          ALTER TABLE events {on shards}
          UPDATE properties = mapFilter((name, value) -> NOT (%s), properties)
          WHERE %s AND arrayExists(name -> %s, mapKeys(properties))
          SETTINGS mutations_sync = 2
          """
              .formatted(sql.ends(), sql.rows(), sql.ends()),
          parameters.values());
    }
  }

  /**
   * Conditions over events.
   *
   * @param rows the events of the projects that may lose a property
   * @param ends whether the property {@code name} of such an event ends
   */
  private record EndingProperties(String rows, String ends) {

    static EndingProperties of(List<Expiry> expiries, SqlParameters parameters) {
      StringBuilder rows = new StringBuilder("(0");
      StringBuilder ends = new StringBuilder("multiIf(");
      for (Expiry expiry : expiries) {
        String project = parameters.project(expiry.project());
        String all = parameters.instant(expiry.properties());
        String personal = parameters.instant(expiry.personalProperties());
        String names = parameters.texts(expiry.personalNames());
        String from = parameters.instant(expiry.events());
        rows.append(
            " OR project_id = %s AND event_time >= %s AND event_time < greatest(%s, %s)"
                .formatted(project, from, all, personal));
        ends.append("project_id = %s AND event_time < %s, 1, ".formatted(project, all))
            .append(
                "project_id = %s AND event_time < %s, has(%s, toString(name)), "
                    .formatted(project, personal, names));
      }
      return new EndingProperties(rows.append(')').toString(), ends.append("0)").toString());
    }
  }
}
