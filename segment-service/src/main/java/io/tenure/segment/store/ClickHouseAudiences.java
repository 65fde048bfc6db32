package io.tenure.segment.store;

import io.tenure.condition.domain.Condition;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.segment.Audiences;
import java.time.Instant;
import java.util.stream.LongStream;

/** Conditions evaluated by ClickHouse. */
public final class ClickHouseAudiences implements Audiences {

  private final ClickHouse clickHouse;
  private final Conditions conditions;

  /** Audiences found by the given conditions. */
  public ClickHouseAudiences(ClickHouse clickHouse, Conditions conditions) {
    this.clickHouse = clickHouse;
    this.conditions = conditions;
  }

  @Override
  public long count(ProjectId project, Condition condition, Instant asOf) {
    SqlParameters parameters = conditions.parameters();
    String users = conditions.users(parameters, project, condition, asOf);
    return clickHouse
        .query(
            "SELECT bitmapCardinality(" + users + ") AS members",
            parameters.values(),
            row -> row.getLong("members"))
        .getFirst();
  }

  @Override
  public long[] users(ProjectId project, Condition condition, Instant asOf) {
    SqlParameters parameters = conditions.parameters();
    String users = conditions.users(parameters, project, condition, asOf);
    LongStream.Builder found = LongStream.builder();
    clickHouse.scan(
        "SELECT arrayJoin(bitmapToArray(" + users + ")) AS user_number",
        parameters.values(),
        row -> found.add(row.getLong("user_number")));
    return found.build().sorted().toArray();
  }
}
