package io.tenure.profile.store.erasure;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.Eraser;
import io.tenure.profile.domain.erasure.Files;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.domain.erasure.Reapplying;
import io.tenure.profile.store.StoredUsers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The service's own tables. A table is changed once for all people of a call, by their numbers and
 * by places in logs: the engine keeps the text of such a statement for a while, so nothing that
 * tells who somebody is may stand in it.
 */
public final class ClickHouseKeeper
    implements Keeper, Files, Eraser.HighestNumber, Reapplying.People {

  /** The profile last: it tells which ids the person had, should this be done again. */
  private static final List<String> BY_NUMBER =
      List.of("subject_keys", "computed_traits", "profile_history", "profiles");

  private static final String DECISIONS = "identity_decisions";
  private static final String CONSENTS = "consents";

  /**
   * Whose files must be gone; those of other services are only looked at, in the engine's books.
   */
  private static final List<String> PERSONAL =
      Stream.concat(
              BY_NUMBER.stream(),
              Stream.of(
                  DECISIONS, CONSENTS, "events", "events_local", "items", "quarantine", "alerts"))
          .toList();

  private final ClickHouse clickHouse;
  private final StoredUsers users;

  /** A keeper of the given store. */
  public ClickHouseKeeper(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.users = new StoredUsers(clickHouse);
  }

  @Override
  public Answer erase(ProjectId project, List<Subject> subjects, boolean countOnly) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    Map<Long, String> owners = new HashMap<>();
    subjects.forEach(one -> one.numbers().forEach(number -> owners.put(number, one.erasureId())));
    Map<String, ?> people =
        Map.of("project", project.value(), "numbers", List.copyOf(owners.keySet()));
    decisions(project, subjects, countOnly, counts);
    consents(project, subjects, countOnly, counts);
    merges(project, List.copyOf(owners.keySet()), countOnly);
    exports(project, List.copyOf(owners.keySet()), countOnly);
    for (String table : BY_NUMBER) {
      clickHouse.scan(
          "SELECT user_number, count() AS found FROM "
              + table
              + " WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}"
              + " GROUP BY user_number",
          people,
          row ->
              add(
                  counts,
                  owners.getOrDefault(row.getLong("user_number"), ""),
                  table,
                  row.getLong("found")));
      if (!countOnly) {
        clickHouse.execute(
            "ALTER TABLE "
                + table
                + " DELETE WHERE project_id = {project:String}"
                + " AND user_number IN {numbers:Array(UInt32)} SETTINGS mutations_sync = 2",
            people);
      }
    }
    return new Answer("", counts, List.of());
  }

  /** Also the decisions about others that name one of the person's ids. */
  private void decisions(
      ProjectId project,
      List<Subject> subjects,
      boolean countOnly,
      Map<String, Map<String, Long>> counts) {
    Set<String> logs = new LinkedHashSet<>();
    Set<Long> offsets = new LinkedHashSet<>();
    List<Long> numbers = new ArrayList<>();
    for (Subject subject : subjects) {
      numbers.addAll(subject.numbers());
      List<String> ids = new ArrayList<>(subject.ids());
      subject.named().stream()
          .filter(name -> name.startsWith("i:"))
          .forEach(name -> ids.add(name.substring(2)));
      clickHouse.scan(
          """
          SELECT log_id, log_offset FROM identity_decisions
          WHERE project_id = {project:String}
            AND (user_number IN {numbers:Array(UInt32)} OR id IN {ids:Array(String)}
              OR other_id IN {ids:Array(String)})
          """,
          Map.of("project", project.value(), "numbers", subject.numbers(), "ids", ids),
          row -> {
            logs.add(row.getString("log_id"));
            offsets.add(row.getLong("log_offset"));
            add(counts, subject.erasureId(), DECISIONS, 1);
          });
    }
    if (!countOnly && !offsets.isEmpty()) {
      clickHouse.execute(
          """
          ALTER TABLE identity_decisions DELETE
          WHERE project_id = {project:String} AND (user_number IN {numbers:Array(UInt32)}
            OR log_id IN {logs:Array(String)} AND log_offset IN {offsets:Array(UInt64)})
          SETTINGS mutations_sync = 2
          """,
          Map.of(
              "project",
              project.value(),
              "numbers",
              numbers,
              "logs",
              List.copyOf(logs),
              "offsets",
              List.copyOf(offsets)));
    }
  }

  /** What the person agreed to, also what was written down before it was known whose id it is. */
  private void consents(
      ProjectId project,
      List<Subject> subjects,
      boolean countOnly,
      Map<String, Map<String, Long>> counts) {
    Set<String> origins = new LinkedHashSet<>();
    for (Subject subject : subjects) {
      clickHouse.scan(
          """
          SELECT origin FROM consents
          WHERE project_id = {project:String}
            AND (user_number IN {numbers:Array(UInt32)} OR id IN {ids:Array(String)})
          """,
          Map.of(
              "project",
              project.value(),
              "numbers",
              subject.numbers(),
              "ids",
              List.copyOf(subject.ids())),
          row -> {
            origins.add(row.getString("origin"));
            add(counts, subject.erasureId(), CONSENTS, 1);
          });
    }
    if (!countOnly && !origins.isEmpty()) {
      clickHouse.execute(
          """
          ALTER TABLE consents DELETE
          WHERE project_id = {project:String} AND origin IN {origins:Array(String)}
          SETTINGS mutations_sync = 2
          """,
          Map.of("project", project.value(), "origins", List.copyOf(origins)));
    }
  }

  /** Numbers only, but what was joined with what tells something too. */
  private void merges(ProjectId project, List<Long> numbers, boolean countOnly) {
    if (!countOnly) {
      unlink("user_merges", "survivor", "absorbed", project, numbers);
      unlink("user_finals", "old_number", "new_number", project, numbers);
      unlink("user_overrides", "old_number", "new_number", project, numbers);
    }
  }

  private void unlink(
      String table, String one, String other, ProjectId project, List<Long> numbers) {
    clickHouse.execute(
        """
        ALTER TABLE %s DELETE
        WHERE project_id = {project:String}
          AND (%s IN {numbers:Array(UInt32)} OR %s IN {numbers:Array(UInt32)})
        SETTINGS mutations_sync = 2
        """
            .formatted(table, one, other),
        Map.of("project", project.value(), "numbers", numbers));
  }

  /** That somebody was exported stays, for whoever supervises; who it was does not. */
  private void exports(ProjectId project, List<Long> numbers, boolean countOnly) {
    if (!countOnly) {
      clickHouse.execute(
          """
          ALTER TABLE subject_exports UPDATE user_numbers = []
          WHERE project_id = {project:String} AND hasAny(user_numbers, {numbers:Array(UInt32)})
          SETTINGS mutations_sync = 2
          """,
          Map.of("project", project.value(), "numbers", numbers));
    }
  }

  @Override
  public long left(Instant givenUpBefore) {
    return clickHouse
        .query(
            """
            SELECT count() AS waiting FROM %s
            WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND NOT active
              AND remove_time <= toDateTime({time:Int64}, 'UTC')
            """
                .formatted(clickHouse.layout().everywhere("system.parts")),
            Map.of("tables", PERSONAL, "time", givenUpBefore.getEpochSecond() + 1),
            row -> row.getLong("waiting"))
        .getFirst();
  }

  @Override
  public long of(ProjectId project) {
    return users.highest(project);
  }

  @Override
  public List<ProjectId> buried() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM erasure_tombstones ORDER BY project_id",
        Map.of(),
        row -> new ProjectId(row.getString("project_id")));
  }

  @Override
  public Set<Long> numbers(ProjectId project) {
    Set<Long> numbers = new LinkedHashSet<>();
    clickHouse.scan(
        "SELECT DISTINCT user_number FROM profiles WHERE project_id = {project:String}",
        Map.of("project", project.value()),
        row -> numbers.add(row.getLong("user_number")));
    return numbers;
  }

  private static void add(
      Map<String, Map<String, Long>> counts, String erasure, String store, long count) {
    counts
        .computeIfAbsent(erasure, id -> new HashMap<>())
        .merge("clickhouse." + store, count, Long::sum);
  }
}
