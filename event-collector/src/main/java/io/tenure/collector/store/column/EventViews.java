package io.tenure.collector.store.column;

import io.tenure.platform.clickhouse.ClickHouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The views by which everybody reads events. Their text is no migration, because what they show
 * changes with the columns of properties; it is {@code schema/event-collector/views/events.sql}.
 */
public final class EventViews {

  /** The one that registries look at comes last. */
  private static final Map<String, String> SOURCES =
      Map.of("events_final_v1", "events FINAL", "events_v1", "events");

  private static final List<String> ORDER = List.of("events_final_v1", "events_v1");

  private final ClickHouse clickHouse;
  private final String select;

  /** The views in the given store. */
  public EventViews(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.select = text();
  }

  /** Makes them as this version has them, with the columns they show already. */
  public void renew() {
    TreeSet<String> kept = columns("events_v1");
    kept.retainAll(columns("events"));
    make(kept);
  }

  /** Makes them with these columns of properties, unless they have just these. */
  void show(Collection<String> names) {
    TreeSet<String> wanted = new TreeSet<>(names);
    if (!ORDER.stream().map(this::columns).allMatch(wanted::equals)) {
      make(wanted);
    }
  }

  /** The columns of properties that a table or view has. */
  TreeSet<String> columns(String table) {
    return new TreeSet<>(
        clickHouse.query(
            """
            SELECT name FROM system.columns
            WHERE database = currentDatabase() AND table = {table:String} AND match(name, '^[pn]_[0-9]+$')
            """,
            Map.of("table", table),
            row -> row.getString("name")));
  }

  private void make(Collection<String> names) {
    String columns = names.stream().map(name -> ", " + name).collect(Collectors.joining());
    for (String view : ORDER) {
      clickHouse.execute(
          "CREATE OR REPLACE VIEW %s AS %s%s FROM %s {sharded by intHash64(stored_user_number)}"
              .formatted(view, select, columns, SOURCES.get(view)),
          Map.of());
    }
  }

  private static String text() {
    try (InputStream file =
        EventViews.class.getResourceAsStream("/schema/event-collector/views/events.sql")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
