package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.history.ProfileHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Former states in the table {@code profile_history}. The engine itself copies every profile there
 * that is inserted into {@code profiles}, in the same insert.
 */
public final class ClickHouseProfileHistory implements ProfileHistory {

  private final ClickHouse clickHouse;

  /** The history in the given store. */
  public ClickHouseProfileHistory(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String SELECT =
      """
      SELECT user_number, login_id, toJSONString(anonymous_ids) AS devices,
        '[]' AS keyed,
        toJSONString(traits) AS trait_texts, '{}' AS offsets, '[]' AS released,
        '{}' AS tallies, '' AS sessions, '{}' AS histories, toUInt32(0) AS merged_into,
        '[]' AS other_logins, '{}' AS absorbed_texts,
        toUnixTimestamp64Milli(first_seen_time) AS first_seen,
        toUnixTimestamp64Milli(last_seen_time) AS last_seen,
        event_count, toUnixTimestamp64Milli(update_time) AS updated, revision
      FROM profile_history
      """;

  @Override
  public List<Profile> page(UserKey user, Instant after, int limit) {
    return clickHouse.query(
        SELECT
            + """
            WHERE project_id = {project:String} AND user_number = {user:UInt32}
              AND quarter > toStartOfFifteenMinutes(toDateTime({after:Int64}, 'UTC'))
            ORDER BY quarter, revision DESC LIMIT 1 BY quarter LIMIT {limit:UInt32}
            """,
        Map.of(
            "project",
            user.project().value(),
            "user",
            user.number(),
            "after",
            after.getEpochSecond(),
            "limit",
            limit),
        row -> ClickHouseProfiles.read(user.project(), row));
  }

  @Override
  public Optional<Profile> find(UserKey user, Instant quarter) {
    return clickHouse
        .query(
            SELECT
                + """
                WHERE project_id = {project:String} AND user_number = {user:UInt32}
                  AND quarter < toDateTime({quarter:Int64}, 'UTC')
                ORDER BY quarter DESC, revision DESC LIMIT 1
                """,
            Map.of(
                "project",
                user.project().value(),
                "user",
                user.number(),
                "quarter",
                quarter.getEpochSecond()),
            row -> ClickHouseProfiles.read(user.project(), row))
        .stream()
        .findFirst();
  }
}
