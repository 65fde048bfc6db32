package io.tenure.profile.store.retention;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.profile.domain.computed.TraitComputer;
import io.tenure.profile.domain.retention.ExpiringUsers;
import io.tenure.profile.domain.retention.Expiry;
import io.tenure.profile.domain.retention.RetentionMarks;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** People no record came of lately, found by the watermarks of their profiles. */
public final class ClickHouseExpiringUsers implements ExpiringUsers {

  private final ClickHouse clickHouse;
  private final RetentionMarks marks;

  /** People in the given store. */
  public ClickHouseExpiringUsers(ClickHouse clickHouse, RetentionMarks marks) {
    this.clickHouse = clickHouse;
    this.marks = marks;
  }

  @Override
  public List<Found> find(Expiry expiry, Part part, Set<String> computed, long after, int limit) {
    SqlParameters parameters = new SqlParameters();
    String silent = silent(expiry, part, parameters);
    String loses = loses(expiry, part, computed, parameters);
    return clickHouse.query(
        """
        SELECT user_number, notEmpty(absorbed) AS has_absorbed FROM profiles FINAL
        WHERE project_id = %s AND user_number > %s AND merged_into = 0 AND %s
          AND (%s OR notEmpty(absorbed))
        ORDER BY user_number LIMIT %d
        """
            .formatted(
                parameters.project(expiry.project()),
                parameters.userNumber(after),
                silent,
                loses,
                limit),
        parameters.values(),
        row -> new Found(row.getLong("user_number"), row.getBoolean("has_absorbed")));
  }

  @Override
  public long count(Expiry expiry, Part part, Set<String> computed) {
    SqlParameters parameters = new SqlParameters();
    String silent = silent(expiry, part, parameters);
    String loses = loses(expiry, part, computed, parameters);
    return clickHouse
        .query(
            """
            SELECT count() AS found FROM profiles FINAL
            WHERE project_id = %s AND merged_into = 0 AND %s AND %s
            """
                .formatted(parameters.project(expiry.project()), silent, loses),
            parameters.values(),
            row -> row.getLong("found"))
        .getFirst();
  }

  @Override
  public Set<String> computed(Expiry expiry) {
    return new TreeSet<>(
        clickHouse.query(
            "SELECT DISTINCT trait FROM computed_traits WHERE project_id = {project:String}",
            Map.of("project", expiry.project().value()),
            row -> row.getString("trait")));
  }

  @Override
  public void note(String runId, Expiry expiry, Part part, List<Long> numbers) {
    clickHouse.insert(
        "expiring_users",
        numbers.stream()
            .map(
                number ->
                    Map.of(
                        "run_id",
                        runId,
                        "project_id",
                        expiry.project().value(),
                        "part",
                        part.name(),
                        "user_number",
                        number))
            .toList(),
        null);
  }

  @Override
  public List<Long> noted(String runId, Expiry expiry, Part part, long after, int limit) {
    return clickHouse.query(
        """
        SELECT DISTINCT user_number FROM expiring_users
        WHERE run_id = {run:String} AND project_id = {project:String} AND part = {part:String}
          AND user_number > {after:UInt32}
        ORDER BY user_number LIMIT {limit:UInt32}
        """,
        Map.of(
            "run", runId,
            "project", expiry.project().value(),
            "part", part.name(),
            "after", after,
            "limit", limit),
        row -> row.getLong("user_number"));
  }

  /**
   * No record came of the user since the end: the profile has not changed since, or only by what is
   * computed of it, which moves none of its watermarks but one.
   */
  private String silent(Expiry expiry, Part part, SqlParameters parameters) {
    Instant end =
        switch (part) {
          case PERSONAL_TRAITS -> expiry.personalTraits();
          case ALL_TRAITS -> expiry.traits();
          case PROFILE -> expiry.profiles();
        };
    String unchanged = "update_time < " + parameters.instant(end);
    Map<String, Long> reached = marks.at(expiry.project(), end);
    if (reached.isEmpty()) {
      return unchanged;
    }
    List<String> logs = List.copyOf(reached.keySet());
    String names = parameters.texts(logs);
    String offsets = parameters.keep("Array(UInt64)", logs.stream().map(reached::get).toList());
    return """
    (%s OR arrayAll((log, reached) -> log = %s
      OR has(%s, log) AND reached <= arrayElement(%s, indexOf(%s, log)),
      mapKeys(watermarks), mapValues(watermarks)))
    """
        .formatted(unchanged, parameters.text(TraitComputer.LOG), names, offsets, names);
  }

  private static String loses(
      Expiry expiry, Part part, Set<String> computed, SqlParameters parameters) {
    return switch (part) {
      case PROFILE -> "1";
      case ALL_TRAITS ->
          "arrayExists(name -> NOT has(%s, name), mapKeys(traits))"
              .formatted(parameters.texts(computed));
      case PERSONAL_TRAITS -> {
        Set<String> names = new HashSet<>(expiry.personalNames());
        names.removeAll(computed);
        yield "arrayExists(name -> has(%s, name), mapKeys(traits))"
            .formatted(parameters.texts(names));
      }
    };
  }
}
