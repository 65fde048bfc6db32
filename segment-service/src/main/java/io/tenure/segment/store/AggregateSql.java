package io.tenure.segment.store;

import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.segment.domain.trend.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate in two stages, so that totals come out of parts without reading an event again.
 *
 * @param states what is kept of the events of a part
 * @param number the number of parts together, as text; null or {@code nan} for none
 * @param divisor what it is divided by
 */
record AggregateSql(String states, String number, String divisor) {

  private static final String USERS = "groupBitmapMerge(users_state)";

  static AggregateSql of(SqlParameters parameters, Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Events _ -> plain("count() AS events_state", "toString(sum(events_state))");
      case Aggregate.Users _ -> plain("0 AS no_state", "toString(" + USERS + ")");
      case Aggregate.Sum _ -> plain("sum(amount) AS sum_state", sum());
      case Aggregate.Average _ ->
          new AggregateSql(
              "sum(amount) AS sum_state, count(amount) AS count_state", sum(), "sum(count_state)");
      case Aggregate.Minimum _ -> plain("min(amount) AS least_state", "toString(min(least_state))");
      case Aggregate.Maximum _ -> plain("max(amount) AS most_state", "toString(max(most_state))");
      case Aggregate.Percentile(String _, double percent) -> {
        String quantile = "quantileExactInclusive%s(" + percent / 100 + ")";
        yield plain(
            quantile.formatted("State") + "(toFloat64(amount)) AS quantile_state",
            "toString(" + quantile.formatted("Merge") + "(quantile_state))");
      }
      case Aggregate.PerUser(@Nullable String property) ->
          property == null
              ? new AggregateSql("count() AS events_state", "toString(sum(events_state))", USERS)
              : new AggregateSql("sum(amount) AS sum_state", sum(), USERS);
      case Aggregate.DistinctValues _ ->
          plain("uniqExactState(amount) AS values_state", "toString(uniqExactMerge(values_state))");
    };
  }

  private static AggregateSql plain(String states, String number) {
    return new AggregateSql(states, number, "1");
  }

  /** Without any number the sum is null, and the sum of nothing is 0. */
  private static String sum() {
    return "toString(ifNull(sum(sum_state), 0))";
  }
}
