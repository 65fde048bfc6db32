package io.tenure.collector.store;

import io.tenure.collector.domain.erasure.Person;
import io.tenure.collector.domain.erasure.PersonStore;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The collector's tables. The engine keeps the text of a statement that changes a table for a
 * while, so rows are named there by user numbers and by places in logs, never by an id.
 */
public final class ClickHousePersonStore implements PersonStore {

  private static final String ITEMS =
      "(login_id IN {ids:Array(String)} OR anonymous_id IN {ids:Array(String)})";
  private static final String QUARANTINE =
      "multiSearchAny(base64Decode(original), {quoted:Array(String)})";

  private final ClickHouse clickHouse;

  /** People in the given store. */
  public ClickHousePersonStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private record Place(String log, long offset) {}

  @Override
  public Map<String, Map<String, Long>> count(ProjectId project, List<Person> people) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (Person person : people) {
      Map<String, Long> own = new HashMap<>();
      own.put(
          "clickhouse.events",
          clickHouse
              .query(
                  """
                  SELECT count() AS found FROM events
                  WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
                  """,
                  Map.of("project", project.value(), "numbers", person.userNumbers()),
                  row -> row.getLong("found"))
              .getFirst());
      own.put("clickhouse.items", (long) items(project, person).size());
      own.put("clickhouse.quarantine", (long) quarantined(project, person).size());
      counts.put(person.erasureId(), own);
    }
    return counts;
  }

  @Override
  public Set<Long> offsets(ProjectId project, List<Person> people, String logId) {
    return new HashSet<>(
        clickHouse.query(
            """
            SELECT DISTINCT log_offset FROM events
            WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
              AND log_id = {log:String}
            """,
            Map.of("project", project.value(), "numbers", numbers(people), "log", logId),
            row -> row.getLong("log_offset")));
  }

  @Override
  public void erase(ProjectId project, List<Person> people) {
    Set<Place> items = new HashSet<>();
    Set<Place> quarantined = new HashSet<>();
    for (Person person : people) {
      items.addAll(items(project, person));
      quarantined.addAll(quarantined(project, person));
    }
    clickHouse.execute(
        """
        ALTER TABLE events {on shards} DELETE
        WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
        SETTINGS mutations_sync = 2
        """,
        Map.of("project", project.value(), "numbers", numbers(people)));
    delete("items", project, items);
    delete("quarantine", project, quarantined);
  }

  private void delete(String table, ProjectId project, Set<Place> places) {
    Map<String, List<Long>> logs = new HashMap<>();
    places.forEach(
        place -> logs.computeIfAbsent(place.log(), log -> new ArrayList<>()).add(place.offset()));
    logs.forEach(
        (log, offsets) ->
            clickHouse.execute(
                "ALTER TABLE "
                    + table
                    + " DELETE WHERE project_id = {project:String} AND log_id = {log:String}"
                    + " AND log_offset IN {offsets:Array(UInt64)} SETTINGS mutations_sync = 2",
                Map.of("project", project.value(), "log", log, "offsets", offsets)));
  }

  private List<Place> items(ProjectId project, Person person) {
    return person.ids().isEmpty()
        ? List.of()
        : clickHouse.query(
            "SELECT log_id, log_offset FROM items WHERE project_id = {project:String} AND " + ITEMS,
            Map.of("project", project.value(), "ids", List.copyOf(person.ids())),
            row -> new Place(row.getString("log_id"), row.getLong("log_offset")));
  }

  private List<Place> quarantined(ProjectId project, Person person) {
    return person.ids().isEmpty()
        ? List.of()
        : clickHouse.query(
            "SELECT log_id, log_offset FROM quarantine WHERE project_id = {project:String}"
                + " AND receive_time <= fromUnixTimestamp64Milli({time:Int64}, 'UTC') AND "
                + QUARANTINE,
            Map.of(
                "project",
                project.value(),
                "quoted",
                person.quoted(),
                "time",
                person.time().toEpochMilli()),
            row -> new Place(row.getString("log_id"), row.getLong("log_offset")));
  }

  private static List<Long> numbers(List<Person> people) {
    return people.stream().flatMap(person -> person.userNumbers().stream()).toList();
  }
}
