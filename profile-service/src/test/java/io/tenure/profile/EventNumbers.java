package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.squash.StoredNumbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers in the collector's table, changed as the collector changes them. Its own statements
 * are out of reach here, since no service sees another one's code, not even in tests; the
 * collector's {@code RelayTest} proves the original.
 */
public final class EventNumbers implements StoredNumbers {

  private static final String COUNTS_FOR = "if(final_number = 0, user_number, final_number)";

  private final ClickHouse clickHouse;

  /** Numbers in the given store. */
  public EventNumbers(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<String, Long> count(ProjectId project, Map<Long, Long> numbers) {
    Map<String, Long> rows = new TreeMap<>();
    clickHouse.scan(
        "SELECT _partition_id AS part, count() AS found FROM events WHERE project_id ="
            + " {project:String} AND "
            + COUNTS_FOR
            + " IN {before:Array(UInt32)} GROUP BY part",
        parameters(project, numbers),
        row -> rows.put(row.getString("part"), row.getLong("found")));
    return rows;
  }

  @Override
  public long rewrite(ProjectId project, Map<Long, Long> numbers, String partition) {
    clickHouse.execute(
        "ALTER TABLE events UPDATE final_number = transform("
            + COUNTS_FOR
            + ", {before:Array(UInt32)}, {after:Array(UInt32)}, final_number) IN PARTITION ID '"
            + partition
            + "' WHERE project_id = {project:String} AND "
            + COUNTS_FOR
            + " IN {before:Array(UInt32)} SETTINGS mutations_sync = 2",
        parameters(project, numbers));
    return count(project, numbers).getOrDefault(partition, 0L);
  }

  private static Map<String, ?> parameters(ProjectId project, Map<Long, Long> numbers) {
    List<Long> before = numbers.keySet().stream().sorted().toList();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("project", project.value());
    parameters.put("before", before);
    parameters.put("after", before.stream().map(numbers::get).toList());
    return parameters;
  }
}
