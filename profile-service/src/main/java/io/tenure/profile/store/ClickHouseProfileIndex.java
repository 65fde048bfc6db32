package io.tenure.profile.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.store.TraitSql;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.profile.domain.search.ProfileIndex;
import io.tenure.profile.domain.search.Search;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Searches the table {@code profiles}. */
public final class ClickHouseProfileIndex implements ProfileIndex {

  private static final String NUMBER_PREFIX = "user_number:";
  private static final String KEYED_PREFIX = "identity:";

  private final ClickHouse clickHouse;

  /** An index over the given store. */
  public ClickHouseProfileIndex(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<Hit> find(Search search, Optional<Position> after, int limit) {
    SqlParameters parameters = new SqlParameters();
    SortKeys order = new SortKeys(parameters, search.ordering());
    String sql =
        "SELECT user_number"
            + order.columns()
            + " FROM profiles FINAL WHERE "
            + matches(parameters, search)
            + after.map(position -> " AND " + order.after(position)).orElse("")
            + " ORDER BY "
            + order.orderBy()
            + " LIMIT "
            + parameters.number(limit);
    return clickHouse.query(sql, parameters.values(), row -> hit(row, order.count()));
  }

  @Override
  public long count(Search search, long limit) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        "SELECT count() AS found FROM (SELECT user_number FROM profiles FINAL WHERE "
            + matches(parameters, search)
            + " LIMIT "
            + parameters.number(limit)
            + ")";
    return clickHouse.query(sql, parameters.values(), row -> row.getLong("found")).getFirst();
  }

  private static String matches(SqlParameters parameters, Search search) {
    String project = "project_id = " + parameters.text(search.project().value());
    return project
        + id(parameters, project, search.id())
        + search
            .condition()
            .map(condition -> " AND " + TraitSql.holds(parameters, condition))
            .orElse("");
  }

  /**
   * Rows of any age lead to the numbers, by an index; only then is the newest row of each asked,
   * because its user may have lost the id.
   */
  private static String id(SqlParameters parameters, String project, String id) {
    if (id.isEmpty()) {
      return "";
    }
    if (id.startsWith(KEYED_PREFIX)) {
      String has = "has(identities, " + parameters.text(id.substring(KEYED_PREFIX.length())) + ")";
      return """
       AND user_number IN (SELECT user_number FROM profiles WHERE %1$s AND %2$s) AND %2$s
      """
          .formatted(project, has);
    }
    if (id.startsWith(NUMBER_PREFIX)) {
      return " AND toString(user_number) = "
          + parameters.text(id.substring(NUMBER_PREFIX.length()));
    }
    String isLogin = "login_id = " + parameters.text(id);
    String isDevice = "has(anonymous_ids, " + parameters.text(id) + ")";
    return """
     AND user_number IN (
      SELECT user_number FROM profiles WHERE %1$s AND %2$s
      UNION ALL SELECT user_number FROM profiles WHERE %1$s AND %3$s)
     AND (%2$s OR %3$s)
    """
        .formatted(project, isLogin, isDevice);
  }

  private static Hit hit(GenericRecord row, int keys) {
    long number = row.getLong("user_number");
    return new Hit(
        number,
        new Position(
            IntStream.range(0, keys).mapToObj(i -> row.getString("k" + i)).toList(), number));
  }
}
