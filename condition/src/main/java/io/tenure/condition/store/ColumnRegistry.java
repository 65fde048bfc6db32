package io.tenure.condition.store;

import io.tenure.condition.store.PropertyColumns.Column;
import io.tenure.platform.clickhouse.ClickHouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The columns of properties that the views of events offer now. The registry says which property a
 * column serves; a column counts only while {@code events_v1} and {@code events_final_v1} have it.
 * Answers are up to ten seconds old, and the collector lets a column stand for minutes after the
 * registry has dropped it, so no statement ever names one that is gone.
 */
public final class ColumnRegistry {

  private static final Duration FRESH = Duration.ofSeconds(10);

  private record Known(Instant time, PropertyColumns columns) {}

  private final ClickHouse clickHouse;
  private final Clock clock;
  private final Consumer<String> asked;
  private volatile Known known = new Known(Instant.MIN, PropertyColumns.NONE);

  /** The registry in the given store, where nobody counts what is asked for. */
  public ColumnRegistry(ClickHouse clickHouse, Clock clock) {
    this(clickHouse, clock, property -> {});
  }

  /** The registry in the given store; what statements ask for is counted. */
  public ColumnRegistry(ClickHouse clickHouse, Clock clock, PropertyUse use) {
    this(clickHouse, clock, use::asked);
  }

  private ColumnRegistry(ClickHouse clickHouse, Clock clock, Consumer<String> asked) {
    this.clickHouse = clickHouse;
    this.clock = clock;
    this.asked = asked;
  }

  /** The columns a statement may name now; not to be kept beyond that statement. */
  public PropertyColumns current() {
    Known last = known;
    Instant now = clock.instant();
    if (now.isBefore(last.time()) || !now.isBefore(last.time().plus(FRESH))) {
      last = new Known(now, read());
      known = last;
    }
    return last.columns();
  }

  /** Without any column nobody asks for the registry, which an older collector does not have. */
  private PropertyColumns read() {
    Set<String> offered =
        new HashSet<>(
            clickHouse.query(
                """
                SELECT name FROM system.columns
                WHERE database = currentDatabase() AND table IN ('events_v1', 'events_final_v1')
                  AND match(name, '^[pn]_[0-9]+$')
                GROUP BY name HAVING count() = 2
                """,
                Map.of(),
                row -> row.getString("name")));
    if (offered.isEmpty()) {
      return new PropertyColumns(Map.of(), asked);
    }
    Map<String, Column> columns = new HashMap<>();
    clickHouse.scan(
        "SELECT property, text_column, number_column FROM property_columns_v1",
        Map.of(),
        row -> {
          Column column = new Column(row.getString("text_column"), row.getString("number_column"));
          if (offered.contains(column.text())
              && (column.number().isEmpty() || offered.contains(column.number()))) {
            columns.put(row.getString("property"), column);
          }
        });
    return new PropertyColumns(columns, asked);
  }
}
