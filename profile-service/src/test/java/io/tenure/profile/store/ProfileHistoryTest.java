package io.tenure.profile.store;

import static io.tenure.profile.domain.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.history.PastProfiles;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProfileHistoryTest {

  private static ProfileStores stores;
  private static PastProfiles past;

  private final ProjectId project = ProfileStores.project();
  private final Updates log = new Updates(project);
  private int applied;

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
    past = new PastProfiles(stores.directory, new ClickHouseProfileHistory(stores.clickHouse));
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void tellsWhatWasKnownThen() {
    setCity("2026-06-29T23:50:00Z", "Wien");
    setCity("2026-06-30T00:00:00Z", "Graz");
    setCity("2026-06-30T00:05:00Z", "Linz");
    setCity("2026-07-02T09:00:00Z", "Bern");

    assertThat(city("2026-06-29T23:59:59Z")).isEmpty();
    assertThat(city("2026-06-30T00:00:00Z")).contains("Wien");
    assertThat(city("2026-06-30T00:14:59Z")).contains("Wien");
    assertThat(city("2026-06-30T00:15:00Z")).contains("Linz");
    assertThat(city("2026-07-02T09:14:00Z")).contains("Linz");
    assertThat(city("2026-07-02T09:15:00Z")).contains("Bern");
    assertThat(city("2099-01-01T00:00:00Z")).contains("Bern");
  }

  @Test
  void tellsTheSameAfterAMerge() {
    setCity("2026-06-30T00:01:00Z", "Wien");
    setCity("2026-06-30T00:02:00Z", "Graz");
    setCity("2026-07-30T00:00:00Z", "Bern");
    stores.clickHouse.execute("OPTIMIZE TABLE profile_history FINAL", Map.of());
    stores.clickHouse.execute("OPTIMIZE TABLE profiles FINAL", Map.of());
    assertThat(city("2026-06-30T00:15:00Z")).contains("Graz");
  }

  @Test
  void tellsEverythingAProfileHas() {
    setCity("2026-06-30T00:00:00Z", "Wien");
    Profile before = stores.get(project, "anna");
    setCity("2026-07-30T00:00:00Z", "Bern");
    Profile then = past.find(project, "anna", Instant.parse("2026-06-30T12:00:00Z")).orElseThrow();
    assertThat(then)
        .usingRecursiveComparison()
        .ignoringFields("watermarks", "releases", "activity")
        .isEqualTo(before);
  }

  @Test
  void knowsNothingAboutStrangers() {
    assertThat(past.find(project, "nobody", Instant.parse("2026-07-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void aRepetitionCompletesAnInsertThatFailedHalfway() {
    setCity("2026-06-30T00:00:00Z", "Wien");
    stores.clickHouse.execute("RENAME TABLE profile_history TO away", Map.of());
    assertThatThrownBy(() -> setCity("2026-06-30T06:00:00Z", "Graz")).isInstanceOf(Failure.class);
    stores.clickHouse.execute("RENAME TABLE away TO profile_history", Map.of());
    projector("2026-06-30T07:00:00Z").apply("log", log.slice(applied, log.all().size()));
    setCity("2026-07-30T00:00:00Z", "Bern");
    assertThat(city("2026-06-30T08:00:00Z")).contains("Graz");
  }

  private void setCity(String time, String city) {
    log.event("anna", "", set("city", '"' + city + '"'));
    projector(time).apply("log", log.slice(applied, log.all().size()));
    applied = log.all().size();
  }

  private static Projector projector(String time) {
    return new Projector(
        stores.identities,
        new RedisProfiles(stores.redis),
        stores.durable,
        stores.decisions,
        Clock.fixed(Instant.parse(time), ZoneOffset.UTC),
        Updates.RULES,
        5);
  }

  private Optional<String> city(String time) {
    return past.find(project, "anna", Instant.parse(time))
        .map(profile -> profile.traits().getOrDefault("city", TraitValue.NULL).json())
        .map(json -> json.substring(1, json.length() - 1));
  }
}
