package io.tenure.collector.store;

import io.tenure.collector.domain.merge.FinalNumbers;
import io.tenure.collector.domain.merge.StoredNumbers;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers in the table {@code events}. The key keeps the number a record was resolved to, or the
 * same record read again would be another row; a column beside it says whom the row counts for.
 * Changing that column replaces each part of the partition by itself at one moment, and a row means
 * the same before and after.
 */
public final class ClickHouseStoredNumbers implements StoredNumbers {

  private static final String COUNTS_FOR = "if(final_number = 0, user_number, final_number)";

  private final ClickHouse clickHouse;

  /** Numbers in the given store. */
  public ClickHouseStoredNumbers(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<String, Long> count(FinalNumbers numbers) {
    return count(numbers, "");
  }

  /** What exceeds the time limit of a statement goes on without us; the next call waits for it. */
  @Override
  public long rewrite(FinalNumbers numbers, String partition) {
    if (!partition.matches("[0-9]{1,8}")) {
      throw Failure.invalid("partition", "is none of the event store");
    }
    try {
      if (!isAtWork(partition)) {
        start(numbers, partition);
      }
    } catch (Failure failure) {
      if (failure.reason() != Reason.DEADLINE_EXCEEDED) {
        throw failure;
      }
    }
    return count(numbers, partition).getOrDefault(partition, 0L);
  }

  private void start(FinalNumbers numbers, String partition) {
    clickHouse.execute(
        "ALTER TABLE events {on shards} UPDATE final_number = transform("
            + COUNTS_FOR
            + ", {before:Array(UInt32)}, {after:Array(UInt32)}, final_number) IN PARTITION ID '"
            + partition
            + "' WHERE project_id = {project:String} AND "
            + COUNTS_FOR
            + " IN {before:Array(UInt32)} SETTINGS mutations_sync = 2",
        Map.of(
            "project",
            numbers.project().value(),
            "before",
            numbers.before(),
            "after",
            numbers.after()));
  }

  private boolean isAtWork(String partition) {
    return clickHouse
            .query(
                """
                SELECT count() AS open FROM %s
                WHERE database = currentDatabase() AND table IN ('events', 'events_local') AND NOT is_done
                  AND position(command, 'UPDATE final_number') > 0
                  AND position(command, {partition:String}) > 0
                """
                    .formatted(clickHouse.layout().everywhere("system.mutations")),
                Map.of("partition", "'" + partition + "'"),
                row -> row.getLong("open"))
            .getFirst()
        > 0;
  }

  private Map<String, Long> count(FinalNumbers numbers, String partition) {
    Map<String, Long> rows = new HashMap<>();
    clickHouse.scan(
        "SELECT _partition_id AS part, count() AS found FROM events"
            + " WHERE project_id = {project:String} AND "
            + COUNTS_FOR
            + " IN {before:Array(UInt32)}"
            + " AND ({partition:String} = '' OR _partition_id = {partition:String})"
            + " GROUP BY part",
        Map.of(
            "project",
            numbers.project().value(),
            "before",
            numbers.before(),
            "partition",
            partition),
        row -> rows.put(row.getString("part"), row.getLong("found")));
    return rows;
  }
}
