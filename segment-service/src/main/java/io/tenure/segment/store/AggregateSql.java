package io.tenure.segment.store;

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

  /**
   * @param place of the aggregate among those of its statement
   */
  static AggregateSql of(Aggregate aggregate, int place) {
    String state = "state_" + place;
    String amount = "amount_" + place;
    return switch (aggregate) {
      case Aggregate.Events _ -> plain("count() AS " + state, total(state));
      case Aggregate.Users _ -> plain("0 AS " + state, "toString(" + USERS + ")");
      case Aggregate.Sum _ -> plain(summed(amount, state), sum(state));
      case Aggregate.Average _ -> {
        String count = "count_" + place;
        yield new AggregateSql(
            "%s, count(%s) AS %s".formatted(summed(amount, state), amount, count),
            sum(state),
            "sum(" + count + ")");
      }
      case Aggregate.Minimum _ ->
          plain("min(%s) AS %s".formatted(amount, state), "toString(min(" + state + "))");
      case Aggregate.Maximum _ ->
          plain("max(%s) AS %s".formatted(amount, state), "toString(max(" + state + "))");
      case Aggregate.Percentile(String _, double percent) -> {
        String quantile = "quantileExactInclusive%s(" + percent / 100 + ")";
        yield plain(
            "%s(toFloat64(%s)) AS %s".formatted(quantile.formatted("State"), amount, state),
            "toString(%s(%s))".formatted(quantile.formatted("Merge"), state));
      }
      case Aggregate.PerUser(@Nullable String property) ->
          property == null
              ? new AggregateSql("count() AS " + state, total(state), USERS)
              : new AggregateSql(summed(amount, state), sum(state), USERS);
      case Aggregate.DistinctValues _ ->
          plain(
              "uniqExactState(%s) AS %s".formatted(amount, state),
              "toString(uniqExactMerge(" + state + "))");
    };
  }

  private static AggregateSql plain(String states, String number) {
    return new AggregateSql(states, number, "1");
  }

  private static String summed(String amount, String state) {
    return "sum(%s) AS %s".formatted(amount, state);
  }

  private static String total(String state) {
    return "toString(sum(" + state + "))";
  }

  /** Without any number the sum is null, and the sum of nothing is 0. */
  private static String sum(String state) {
    return "toString(ifNull(sum(" + state + "), 0))";
  }
}
