package io.tenure.profile.store.retention;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ExpiredRows;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.retention.ExpiringUsers;
import io.tenure.profile.domain.retention.ExpiringUsers.Part;
import io.tenure.profile.domain.retention.Expiry;
import io.tenure.profile.domain.retention.ProfileTables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The service's own tables. Whose rows change is read from the table {@code expiring_users}, so
 * that a statement changes a table once for all of a night, however many they are, and its text
 * names nobody.
 *
 * <p>Only rows from before the night are touched: who comes back while it runs keeps what is new.
 */
public final class ClickHouseProfileTables implements ProfileTables {

  /** More than the difference of any two clocks. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private static final List<String> BESIDE_PROFILES =
      List.of("subject_keys", "computed_traits", "profile_history", "identity_decisions");

  private final ClickHouse clickHouse;
  private final ExpiringUsers users;
  private final ExpiredRows history;

  /** Tables in the given store. */
  public ClickHouseProfileTables(ClickHouse clickHouse, ExpiringUsers users) {
    this.clickHouse = clickHouse;
    this.users = users;
    this.history = new ExpiredRows(clickHouse, "profile_history", "quarter");
  }

  @Override
  public String waitingReason() {
    boolean busy =
        Stream.concat(BESIDE_PROFILES.stream(), Stream.of("profiles"))
            .anyMatch(table -> new ExpiredRows(clickHouse, table, "").busy());
    return busy ? "An earlier change of a table of profiles is not finished" : "";
  }

  @Override
  public Map<ProjectId, Map<String, Long>> count(List<Expiry> expiries) {
    Map<ProjectId, Long> rows = history.count(limits(expiries));
    Map<ProjectId, Long> values = pastValues(expiries);
    Map<ProjectId, Map<String, Long>> counts = new HashMap<>();
    for (Expiry expiry : expiries) {
      counts.put(
          expiry.project(),
          Map.of(
              "clickhouse.profile_history",
              rows.getOrDefault(expiry.project(), 0L),
              "clickhouse.profile_history_traits",
              values.getOrDefault(expiry.project(), 0L)));
    }
    return counts;
  }

  @Override
  public void expire(String runId, List<Expiry> expiries) {
    history.delete(limits(expiries));
    Instant before = expiries.getFirst().start().minus(CLOCKS);
    if (any(runId, Part.PROFILE)) {
      removeProfiles(runId, before);
    }
    for (Part part : List.of(Part.ALL_TRAITS, Part.PERSONAL_TRAITS)) {
      if (any(runId, part)) {
        SqlParameters parameters = new SqlParameters();
        unset("profiles", true, noted(runId, part, parameters), part, expiries, before, parameters);
        SqlParameters past = new SqlParameters();
        unset("profile_history", false, noted(runId, part, past), part, expiries, before, past);
      }
    }
    forgetPast(expiries);
  }

  private static Map<ProjectId, Instant> limits(List<Expiry> expiries) {
    Map<ProjectId, Instant> limits = new LinkedHashMap<>();
    for (Expiry expiry : expiries) {
      if (Expiry.isSet(expiry.history())) {
        limits.put(expiry.project(), expiry.history());
      }
    }
    return limits;
  }

  private boolean any(String runId, Part part) {
    return clickHouse
            .query(
                "SELECT count() AS found FROM expiring_users"
                    + " WHERE run_id = {run:String} AND part = {part:String}",
                Map.of("run", runId, "part", part.name()),
                row -> row.getLong("found"))
            .getFirst()
        > 0;
  }

  private static String noted(String runId, Part part, SqlParameters parameters) {
    return "SELECT project_id, user_number FROM expiring_users WHERE run_id = %s AND part = %s"
        .formatted(parameters.text(runId), parameters.text(part.name()));
  }

  /** The profile last: it tells who there is, should this be done again. */
  private void removeProfiles(String runId, Instant before) {
    for (String table : BESIDE_PROFILES) {
      removeRows(table, "user_number", runId, before);
    }
    // Nothing is left to undo; the overrides stay, or events of one person would become two's.
    removeRows("user_merges", "survivor", runId, before);
    SqlParameters parameters = new SqlParameters();
    clickHouse.execute(
        """
        ALTER TABLE profiles DELETE
        WHERE (project_id, user_number) IN (%s) AND update_time < %s
        SETTINGS mutations_sync = 2
        """
            .formatted(noted(runId, Part.PROFILE, parameters), parameters.instant(before)),
        parameters.values());
  }

  private void removeRows(String table, String number, String runId, Instant before) {
    SqlParameters parameters = new SqlParameters();
    String gone = noted(runId, Part.PROFILE, parameters);
    clickHouse.execute(
        """
        ALTER TABLE %1$s DELETE
        WHERE (project_id, %2$s) IN (%3$s AND (project_id, user_number) NOT IN (
          SELECT project_id, user_number FROM profiles
          WHERE update_time >= %4$s AND (project_id, user_number) IN (%3$s)))
        SETTINGS mutations_sync = 2
        """
            .formatted(table, number, gone, parameters.instant(before)),
        parameters.values());
  }

  private void unset(
      String table,
      boolean hasNumbers,
      String noted,
      Part part,
      List<Expiry> expiries,
      Instant before,
      SqlParameters parameters) {
    String goes = goes(part, expiries, parameters);
    String filter = "mapFilter((name, text) -> NOT (" + goes + "), %s)";
    clickHouse.execute(
        """
        ALTER TABLE %s UPDATE traits = %s%s
        WHERE (project_id, user_number) IN (%s) AND update_time < %s
          AND arrayExists(name -> %s, mapKeys(traits))
        SETTINGS mutations_sync = 2
        """
            .formatted(
                table,
                filter.formatted("traits"),
                hasNumbers ? ", numbers = " + filter.formatted("numbers") : "",
                noted,
                parameters.instant(before),
                goes),
        parameters.values());
  }

  /** Whether the trait {@code name} goes. */
  private String goes(Part part, List<Expiry> expiries, SqlParameters parameters) {
    StringBuilder sql = new StringBuilder("multiIf(");
    for (Expiry expiry : expiries) {
      Set<String> computed = users.computed(expiry);
      Set<String> personal = new TreeSet<>(expiry.personalNames());
      personal.removeAll(computed);
      sql.append("project_id = ")
          .append(parameters.project(expiry.project()))
          .append(
              part == Part.ALL_TRAITS
                  ? ", NOT has(" + parameters.texts(computed)
                  : ", has(" + parameters.texts(personal))
          .append(", name), ");
    }
    return sql.append("0)").toString();
  }

  /** Personal traits in the past that is older than they are kept, also of people seen lately. */
  private void forgetPast(List<Expiry> expiries) {
    if (!pastValues(expiries).isEmpty()) {
      SqlParameters parameters = new SqlParameters();
      Past past = Past.of(expiries, parameters);
      clickHouse.execute(
          """
          ALTER TABLE profile_history
          UPDATE traits = mapFilter((name, text) -> NOT (%2$s), traits)
          WHERE %1$s AND arrayExists(name -> %2$s, mapKeys(traits))
          SETTINGS mutations_sync = 2
          """
              .formatted(past.rows(), past.goes()),
          parameters.values());
    }
  }

  private Map<ProjectId, Long> pastValues(List<Expiry> expiries) {
    Map<ProjectId, Long> counts = new HashMap<>();
    SqlParameters parameters = new SqlParameters();
    Past past = Past.of(expiries, parameters);
    clickHouse.scan(
        """
        SELECT project_id, sum(arrayCount(name -> %2$s, mapKeys(traits))) AS found
        FROM profile_history WHERE %1$s GROUP BY project_id HAVING found > 0
        """
            .formatted(past.rows(), past.goes()),
        parameters.values(),
        row -> counts.put(new ProjectId(row.getString("project_id")), row.getLong("found")));
    return counts;
  }

  /**
   * Conditions over the past.
   *
   * @param rows those that are older than personal traits are kept, and stay
   * @param goes whether the trait {@code name} of such a row goes
   */
  private record Past(String rows, String goes) {

    static Past of(List<Expiry> expiries, SqlParameters parameters) {
      StringBuilder rows = new StringBuilder("(0");
      StringBuilder goes = new StringBuilder("multiIf(");
      for (Expiry expiry : expiries) {
        if (expiry.personalTraits().isAfter(expiry.history())
            && !expiry.personalNames().isEmpty()) {
          String project = parameters.project(expiry.project());
          rows.append(
              " OR project_id = %s AND quarter >= %s AND quarter < %s"
                  .formatted(
                      project,
                      parameters.instant(expiry.history()),
                      parameters.instant(expiry.personalTraits())));
          goes.append(
              "project_id = %s, has(%s, name), "
                  .formatted(project, parameters.texts(expiry.personalNames())));
        }
      }
      rows.append(')');
      return new Past(
          rows.toString(), rows.toString().equals("(0)") ? "0" : goes.append("0)").toString());
    }
  }
}
