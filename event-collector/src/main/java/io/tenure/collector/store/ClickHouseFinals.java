package io.tenure.collector.store;

import io.tenure.collector.domain.relay.EventStore.StoredEvent;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom the events of a batch count for, when the users they were resolved to were merged for good.
 * Asked just before each insert: what is stored after a user became final has its number from the
 * start, and only what was on its way then is written later.
 */
final class ClickHouseFinals {

  private final ClickHouse clickHouse;

  ClickHouseFinals(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** New numbers by project and old number; users who are themselves are left out. */
  Map<ProjectId, Map<Integer, Integer>> of(List<StoredEvent> events) {
    Map<ProjectId, Map<Integer, Integer>> finals = new HashMap<>();
    for (String name : merged(events)) {
      ProjectId project = new ProjectId(name);
      Set<Long> numbers = new HashSet<>();
      events.stream()
          .filter(event -> event.event().source().project().equals(project))
          .forEach(event -> numbers.add(Integer.toUnsignedLong(event.userNumber())));
      finals.put(project, finals(project, numbers));
    }
    return finals;
  }

  /** Most projects have none: one small question is all it costs them. */
  private List<String> merged(List<StoredEvent> events) {
    List<String> projects =
        events.stream().map(event -> event.event().source().project().value()).distinct().toList();
    return projects.isEmpty()
        ? List.of()
        : clickHouse.query(
            """
            SELECT DISTINCT project_id FROM user_finals WHERE project_id IN {projects:Array(String)}
            """,
            Map.of("projects", projects),
            row -> row.getString("project_id"));
  }

  private Map<Integer, Integer> finals(ProjectId project, Set<Long> numbers) {
    Map<Integer, Integer> found = new HashMap<>();
    clickHouse.scan(
        """
        SELECT old_number, new_number FROM user_finals_v1
        WHERE project_id = {project:String} AND old_number IN {numbers:Array(UInt32)}
        """,
        Map.of("project", project.value(), "numbers", List.copyOf(numbers)),
        row -> found.put((int) row.getLong("old_number"), (int) row.getLong("new_number")));
    return found;
  }
}
