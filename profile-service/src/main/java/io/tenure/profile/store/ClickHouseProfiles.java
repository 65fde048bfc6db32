package io.tenure.profile.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.clickhouse.RowOutput;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Absorbed;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Merging;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every profile in the ClickHouse table {@code profiles}. The engine keeps the row with the highest
 * revision of each user, so writes may be repeated and may overtake each other.
 */
public final class ClickHouseProfiles implements DurableProfiles {

  private static final List<Column<Profile>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.user().project().value())),
          new Column<>("user_number", (row, out) -> out.number32((int) row.user().number())),
          new Column<>("login_id", (row, out) -> out.text(row.loginId())),
          new Column<>("anonymous_ids", (row, out) -> out.texts(row.anonymousIds())),
          new Column<>(
              "identities",
              (row, out) -> out.texts(row.identities().stream().map(KeyedId::text).toList())),
          new Column<>(
              "traits",
              (row, out) ->
                  out.map(new TreeMap<>(row.traits()), (to, value) -> to.text(value.json()))),
          new Column<>(
              "first_seen_time", (row, out) -> out.milliseconds(known(row.firstSeenTime()))),
          new Column<>("last_seen_time", (row, out) -> out.milliseconds(known(row.lastSeenTime()))),
          new Column<>("event_count", (row, out) -> out.number64(row.eventCount())),
          new Column<>(
              "events",
              (row, out) -> out.map(new TreeMap<>(row.activity().events()), RowOutput::text)),
          new Column<>("sessions", (row, out) -> out.text(row.activity().sessions())),
          new Column<>(
              "numbers",
              (row, out) -> out.map(new TreeMap<>(row.activity().numbers()), RowOutput::text)),
          new Column<>("update_time", (row, out) -> out.milliseconds(row.updateTime())),
          new Column<>("watermarks", (row, out) -> out.map(row.watermarks(), RowOutput::number64)),
          new Column<>(
              "releases",
              (row, out) ->
                  out.texts(row.releases().stream().map(Release::text).sorted().toList())),
          new Column<>("merged_into", (row, out) -> out.number32((int) row.merging().into())),
          new Column<>("other_login_ids", (row, out) -> out.texts(row.merging().otherLoginIds())),
          new Column<>("absorbed", (row, out) -> out.map(absorbed(row), RowOutput::text)),
          new Column<>("revision", (row, out) -> out.number64(row.revision())));

  /** Parameters travel in the address of the request, whose length servers limit. */
  private static final int NUMBERS_PER_QUERY = 1000;

  private final ClickHouse clickHouse;

  /** Profiles in the given store. */
  public ClickHouseProfiles(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<UserKey, Profile> find(ProjectId project, Collection<Long> userNumbers) {
    Map<UserKey, Profile> found = new HashMap<>();
    List<Long> numbers = List.copyOf(userNumbers);
    for (int start = 0; start < numbers.size(); start += NUMBERS_PER_QUERY) {
      int end = Math.min(start + NUMBERS_PER_QUERY, numbers.size());
      find(project, numbers.subList(start, end), found);
    }
    return found;
  }

  private void find(ProjectId project, List<Long> numbers, Map<UserKey, Profile> found) {
    clickHouse.scan(
        """
        SELECT user_number, login_id, toJSONString(anonymous_ids) AS devices,
          toJSONString(identities) AS keyed, toJSONString(traits) AS trait_texts, toJSONString(watermarks) AS offsets,
          toJSONString(releases) AS released, toJSONString(events) AS tallies, sessions,
          toJSONString(numbers) AS histories, merged_into,
          toJSONString(other_login_ids) AS other_logins, toJSONString(absorbed) AS absorbed_texts,
          toUnixTimestamp64Milli(first_seen_time) AS first_seen,
          toUnixTimestamp64Milli(last_seen_time) AS last_seen,
          event_count, toUnixTimestamp64Milli(update_time) AS updated, revision
        FROM profiles FINAL
        WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
        """,
        Map.of(
            "project",
            project.value(),
            "numbers",
            numbers.stream()
                .map(number -> Long.toString(number))
                .collect(Collectors.joining(",", "[", "]"))),
        row -> {
          Profile profile = read(project, row);
          found.put(profile.user(), profile);
        });
  }

  @Override
  public void save(String origin, List<Profile> profiles) {
    CRC32C content = new CRC32C();
    for (Profile profile : profiles) {
      update(content, profile);
    }
    String token = "profiles:" + origin + ":" + content.getValue();
    clickHouse.insert("profiles", COLUMNS, profiles, token);
  }

  @Override
  public Map<String, Long> watermarks(ProjectId project) {
    Map<String, Long> reached = new HashMap<>();
    clickHouse.scan(
        """
        SELECT log, max(reached) AS last FROM profiles
        ARRAY JOIN mapKeys(watermarks) AS log, mapValues(watermarks) AS reached
        WHERE project_id = {project:String}
        GROUP BY log
        """,
        Map.of("project", project.value()),
        row -> reached.put(row.getString("log"), row.getLong("last")));
    return reached;
  }

  @Override
  public void bindings(ProjectId project, Instant since, Consumer<Binding> consumer) {
    clickHouse.scan(
        """
        WITH user_number IN (
            SELECT toUInt32(arrayJoin(mapKeys(absorbed))) FROM profiles FINAL
            WHERE project_id = {project:String} AND notEmpty(absorbed)
          ) AS is_absorbed
        SELECT user_number, if(is_absorbed, '', login_id) AS login,
          if(is_absorbed, '[]', toJSONString(anonymous_ids)) AS devices,
          if(is_absorbed, '[]', toJSONString(identities)) AS keyed, toJSONString(releases) AS released,
          if(is_absorbed, '[]', toJSONString(other_login_ids)) AS other_logins
        FROM profiles FINAL
        WHERE project_id = {project:String}
          AND update_time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        """,
        Map.of("project", project.value(), "since", since.toEpochMilli()),
        row -> {
          long user = row.getLong("user_number");
          List<String> logins = new ArrayList<>(List.of(row.getString("login")));
          logins.addAll(list(row, "other_logins"));
          for (String login : logins) {
            consumer.accept(new Binding(user, login, devices(row), identities(row), releases(row)));
          }
        });
  }

  private static Instant known(@Nullable Instant time) {
    return time == null ? Instant.EPOCH : time;
  }

  /** User, revision and time name the content: whatever else a profile holds changes with them. */
  private static void update(CRC32C content, Profile profile) {
    String name =
        profile.user() + "@" + profile.revision() + "@" + profile.updateTime().toEpochMilli();
    content.update(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A row with the columns {@link #find} selects. */
  static Profile read(ProjectId project, GenericRecord row) {
    Map<String, TraitValue> traits = new TreeMap<>();
    for (Map.Entry<String, JsonNode> trait : Json.read(row.getString("trait_texts")).properties()) {
      traits.put(trait.getKey(), new TraitValue(trait.getValue().stringValue()));
    }
    Map<String, Long> watermarks = new HashMap<>();
    for (Map.Entry<String, JsonNode> watermark : Json.read(row.getString("offsets")).properties()) {
      watermarks.put(watermark.getKey(), Long.valueOf(watermark.getValue().asString()));
    }
    return new Profile(
        new UserKey(project, row.getLong("user_number")),
        row.getString("login_id"),
        devices(row),
        identities(row),
        traits,
        time(row.getLong("first_seen")),
        time(row.getLong("last_seen")),
        row.getLong("event_count"),
        new Activity(texts(row, "tallies"), row.getString("sessions"), texts(row, "histories")),
        Instant.ofEpochMilli(row.getLong("updated")),
        watermarks,
        releases(row),
        merging(row),
        row.getLong("revision"));
  }

  private static Map<String, String> texts(GenericRecord row, String column) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> text : Json.read(row.getString(column)).properties()) {
      texts.put(text.getKey(), text.getValue().stringValue());
    }
    return texts;
  }

  private static Map<String, String> absorbed(Profile profile) {
    Map<String, String> texts = new TreeMap<>();
    profile
        .merging()
        .absorbed()
        .forEach((number, user) -> texts.put(number.toString(), AbsorbedText.write(user)));
    return texts;
  }

  private static Merging merging(GenericRecord row) {
    Map<Long, Absorbed> absorbed = new TreeMap<>();
    texts(row, "absorbed_texts")
        .forEach((number, text) -> absorbed.put(Long.valueOf(number), AbsorbedText.read(text)));
    long into = row.getLong("merged_into");
    List<String> logins = list(row, "other_logins");
    return into == 0 && logins.isEmpty() && absorbed.isEmpty()
        ? Merging.NONE
        : new Merging(into, logins, absorbed);
  }

  private static List<String> devices(GenericRecord row) {
    return list(row, "devices");
  }

  private static List<String> list(GenericRecord row, String column) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : Json.read(row.getString(column))) {
      texts.add(text.stringValue());
    }
    return texts;
  }

  private static List<KeyedId> identities(GenericRecord row) {
    List<KeyedId> identities = new ArrayList<>();
    for (JsonNode text : Json.read(row.getString("keyed"))) {
      identities.add(KeyedId.parse(text.stringValue()));
    }
    return identities;
  }

  private static Set<Release> releases(GenericRecord row) {
    Set<Release> releases = new HashSet<>();
    for (JsonNode text : Json.read(row.getString("released"))) {
      releases.add(Release.parse(text.stringValue()));
    }
    return releases;
  }

  private static @Nullable Instant time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }
}
