package io.tenure.segment.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.TableFiles;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files written by ClickHouse, which knows their formats better than we would. */
public final class ClickHouseTableFiles implements TableFiles {

  private final ClickHouse clickHouse;

  /** Files written by the given store. */
  public ClickHouseTableFiles(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public byte[] parquet(Table table) {
    String id = UUID.randomUUID().toString();
    Map<String, String> export = Map.of("export", id);
    String columns =
        table.columns().stream()
            .map(column -> typed(column) + " AS " + column.name())
            .collect(Collectors.joining(", "));
    try {
      clickHouse.insert("exported_rows", rows(id, table), null);
      return clickHouse.file(
          "SELECT "
              + columns
              + " FROM exported_rows WHERE export_id = {export:String} ORDER BY position",
          export,
          "Parquet");
    } finally {
      clickHouse.execute("ALTER TABLE exported_rows DROP PARTITION {export:String}", export);
    }
  }

  private static List<Map<String, ?>> rows(String export, Table table) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : table.rows()) {
      Map<String, Object> content = new LinkedHashMap<>();
      for (int index = 0; index < row.size(); index++) {
        @Nullable Object value = row.get(index);
        if (value != null) {
          content.put(table.columns().get(index).name(), written(value));
        }
      }
      rows.add(
          Map.of("export_id", export, "position", rows.size(), "content", Json.write(content)));
    }
    return rows;
  }

  private static Object written(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal.toPlainString();
      case Duration time -> time.toMillis() / 1000.0;
      case Long _, Double _, Boolean _ -> value;
      default -> value.toString();
    };
  }

  /** Names are ours, never those of events. */
  private static String typed(Table.Column column) {
    String extract = "JSONExtract(content, '" + column.name() + "', 'Nullable(%s)')";
    String text = extract.formatted("String");
    return switch (column.type()) {
      case TEXT -> text;
      case COUNT -> extract.formatted("Int64");
      case RATE, DURATION -> extract.formatted("Float64");
      case FLAG -> extract.formatted("Bool");
      case DECIMAL -> "toDecimal128OrNull(" + text + ", 10)";
      case DATE -> "toDate32OrNull(" + text + ")";
    };
  }
}
