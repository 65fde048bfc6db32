package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.condition.domain.Condition;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.saved.Saved;
import io.tenure.segment.domain.segment.Member;
import io.tenure.segment.domain.segment.Memberships;
import io.tenure.segment.domain.segment.SegmentDraft;
import io.tenure.segment.domain.segment.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Snapshots as bitmaps in ClickHouse; a million dense members need about a quarter megabyte. */
public final class ClickHouseMemberships implements Memberships {

  private static final int MILLIS_BITS = 42;
  private static final int ROW = 10_000;
  private static final String SNAPSHOT =
      "SELECT segment_id, toUnixTimestamp64Milli(as_of_time) AS as_of, member_count FROM"
          + " memberships_v1 WHERE project_id = ";

  private final ClickHouse clickHouse;
  private final Conditions conditions;

  /** Memberships computed by the given conditions. */
  public ClickHouseMemberships(ClickHouse clickHouse, Conditions conditions) {
    this.clickHouse = clickHouse;
    this.conditions = conditions;
  }

  @Override
  public Snapshot compute(ProjectId project, Saved<SegmentDraft> segment, Instant asOf) {
    SqlParameters parameters = conditions.parameters();
    @Nullable Condition condition = segment.draft().condition();
    String users =
        condition == null
            ? fixedMembers(parameters, project, segment)
            : conditions.users(parameters, project, condition, asOf);
    String sql =
        """
        INSERT INTO segment_snapshots (project_id, segment_id, version, deleted, as_of_time, member_count, members)
        SELECT %s, %s, %s, 0, %s, bitmapCardinality(users), users FROM (SELECT %s AS users)
        """
            .formatted(
                parameters.project(project),
                parameters.text(segment.id()),
                parameters.number(version(segment.revision(), asOf)),
                parameters.instant(asOf),
                users);
    clickHouse.execute(sql, parameters.values());
    return latest(project, segment.id()).orElseThrow();
  }

  @Override
  public void fix(ProjectId project, Saved<SegmentDraft> segment, long[] members) {
    List<Map<String, ?>> rows = new ArrayList<>();
    // Without members there is a row, too: a segment of the same id may have had some before.
    for (int from = 0; from == 0 || from < members.length; from += ROW) {
      rows.add(
          Map.of(
              "project_id",
              project.value(),
              "segment_id",
              segment.id(),
              "revision",
              segment.revision(),
              "user_numbers",
              Arrays.copyOfRange(members, from, Math.min(members.length, from + ROW))));
    }
    clickHouse.insert("fixed_members", rows, null);
  }

  /** Whoever was merged since is who they became; whoever is gone is no member. */
  private static String fixedMembers(
      SqlParameters parameters, ProjectId project, Saved<SegmentDraft> segment) {
    String owner = parameters.project(project);
    return """
    (SELECT groupBitmapState(toUInt32(number)) FROM (
      SELECT if(override.new_number = 0, resolved, override.new_number) AS number FROM (
        SELECT if(final.new_number = 0, listed, final.new_number) AS resolved FROM (
          SELECT arrayJoin(user_numbers) AS listed FROM fixed_members
          WHERE project_id = %1$s AND segment_id = %2$s AND revision = (SELECT max(revision) FROM fixed_members
            WHERE project_id = %1$s AND segment_id = %2$s AND revision <= %3$s)) AS fixed
        LEFT JOIN (SELECT old_number, new_number FROM user_finals_v1 WHERE project_id = %1$s) AS final
        ON final.old_number = fixed.listed) AS settled
      LEFT JOIN (SELECT old_number, new_number FROM user_overrides_v1 WHERE project_id = %1$s) AS override
      ON override.old_number = settled.resolved)
    WHERE number IN (SELECT user_number FROM profiles_v1 WHERE project_id = %1$s))
    """
        .formatted(owner, parameters.text(segment.id()), parameters.number(segment.revision()));
  }

  @Override
  public Optional<Snapshot> latest(ProjectId project, String id) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse
        .query(
            SNAPSHOT + parameters.project(project) + " AND segment_id = " + parameters.text(id),
            parameters.values(),
            ClickHouseMemberships::snapshot)
        .stream()
        .findFirst();
  }

  @Override
  public Map<String, Snapshot> latest(ProjectId project) {
    SqlParameters parameters = new SqlParameters();
    Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    clickHouse.scan(
        SNAPSHOT + parameters.project(project),
        parameters.values(),
        row -> snapshots.put(row.getString("segment_id"), snapshot(row)));
    return snapshots;
  }

  @Override
  public List<Member> members(ProjectId project, String id, long after, int limit) {
    SqlParameters parameters = new SqlParameters();
    String owner = parameters.project(project);
    String page =
        """
        SELECT arrayJoin(bitmapToArray(bitmapSubsetLimit(members, %s, %s))) AS user_number
        FROM memberships_v1 WHERE project_id = %s AND segment_id = %s
        """
            .formatted(
                parameters.userNumber(after + 1),
                parameters.userNumber(limit),
                owner,
                parameters.text(id));
    return clickHouse.query(
        """
        SELECT page.user_number AS number, profile.login_id AS login FROM (%1$s) AS page
        LEFT JOIN (SELECT user_number, login_id FROM profiles_v1 WHERE project_id = %2$s AND user_number IN (%1$s))
        AS profile ON page.user_number = profile.user_number ORDER BY number
        """
            .formatted(page, owner),
        parameters.values(),
        row -> new Member(row.getLong("number"), row.getString("login")));
  }

  @Override
  public List<String> segmentsOf(ProjectId project, long userNumber) {
    SqlParameters parameters = new SqlParameters();
    return clickHouse.query(
        "SELECT segment_id FROM memberships_v1 WHERE project_id = %s AND bitmapContains(members, %s) ORDER BY segment_id"
            .formatted(parameters.project(project), parameters.userNumber(userNumber)),
        parameters.values(),
        row -> row.getString("segment_id"));
  }

  @Override
  public void forget(ProjectId project, Saved<SegmentDraft> segment) {
    SqlParameters parameters = new SqlParameters();
    clickHouse.execute(
        "INSERT INTO segment_snapshots (project_id, segment_id, version, deleted) SELECT %s, %s, %s, 1"
            .formatted(
                parameters.project(project),
                parameters.text(segment.id()),
                parameters.number(version(segment.revision() + 1, Instant.EPOCH))),
        parameters.values());
  }

  private static long version(long revision, Instant asOf) {
    return revision << MILLIS_BITS | asOf.toEpochMilli();
  }

  private static Snapshot snapshot(GenericRecord row) {
    return new Snapshot(Instant.ofEpochMilli(row.getLong("as_of")), row.getLong("member_count"));
  }
}
