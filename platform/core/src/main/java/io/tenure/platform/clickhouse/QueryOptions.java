package io.tenure.platform.clickhouse;

import com.clickhouse.client.api.query.QuerySettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one query is given beside its text.
 *
 * @param id a name by which it can be watched and stopped while it runs; null for any
 * @param limits server settings for this query alone, for example {@code max_rows_to_read}
 */
public record QueryOptions(@Nullable String id, Map<String, String> limits) {

  /** Nothing special. */
  public static final QueryOptions NONE = new QueryOptions(null, Map.of());

  QuerySettings settings() {
    QuerySettings settings = new QuerySettings();
    if (id != null) {
      settings.setQueryId(id);
    }
    limits.forEach(settings::serverSetting);
    return settings;
  }
}
