package io.tenure.profile.store;

import static io.tenure.profile.domain.Updates.add;
import static io.tenure.profile.domain.Updates.append;
import static io.tenure.profile.domain.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Projector.Outcome;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProjectorTest {

  private static ProfileStores stores;

  private final ProjectId project = ProfileStores.project();

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void keepsAUserThroughSignUp() {
    Updates log =
        new Updates(project)
            .event("", "手机-1", set("city", "\"上海\""))
            .bind("李雷", "手机-1")
            .event("李雷", "手机-1", add("balance", "100.10"))
            .event("", "手机-1", append("funds", "货币基金"));
    Outcome outcome = stores.projector.apply("log", log.all());

    assertThat(outcome.userNumbers()).containsOnly(1L);
    assertThat(outcome.applied()).isEqualTo(4);
    assertThat(outcome.created()).isEqualTo(1);
    Profile profile = stores.get(project, "李雷");
    assertThat(profile).isEqualTo(stores.get(project, "手机-1"));
    assertThat(profile).isEqualTo(stores.get(project, "user_number:1"));
    assertThat(profile.loginId()).isEqualTo("李雷");
    assertThat(profile.anonymousIds()).containsExactly("手机-1");
    assertThat(profile.eventCount()).isEqualTo(4);
    assertThat(profile.firstSeenTime()).isEqualTo(Updates.MONDAY);
    assertThat(profile.lastSeenTime()).isEqualTo(Updates.MONDAY.plusSeconds(180));
    assertThat(profile.traits())
        .isEqualTo(
            Map.of(
                "city",
                new TraitValue("\"上海\""),
                "balance",
                new TraitValue("100.1"),
                "funds",
                new TraitValue("[\"货币基金\"]")));
  }

  @Test
  void bothStoresHoldTheSame() {
    stores.projector.apply("log", history().all());
    for (String id : List.of("anna", "ben", "phone")) {
      Profile hot = stores.get(project, id);
      assertThat(stores.durable.find(project, List.of(hot.user().number())))
          .isEqualTo(Map.of(hot.user(), hot));
    }
  }

  @Test
  void theViewShowsTheLatestRowOfEachUser() {
    stores.projector.apply("log", history().slice(0, 4));
    stores.projector.apply("log", history().all());
    List<String> rows =
        stores.clickHouse.query(
            """
            SELECT concat(toString(user_number), ' ', login_id, ' ', arrayStringConcat(anonymous_ids, '+'), ' ',
              traits['balance'], ' ', toString(event_count)) AS row
            FROM profiles_v1 WHERE project_id = {project:String} ORDER BY user_number
            """,
            Map.of("project", project.value()),
            row -> row.getString("row"));
    assertThat(rows).containsExactly("1 anna phone 30.3 4", "2 ben  20.2 2");
  }

  @Test
  void repeatingABatchAppliesNothing() {
    List<ProfileUpdate> batch = history().all();
    Outcome first = stores.projector.apply("log", batch);
    Profile before = stores.get(project, "anna");
    Outcome second = stores.projector.apply("log", batch);
    assertThat(second.userNumbers()).isEqualTo(first.userNumbers());
    assertThat(second.applied()).isZero();
    assertThat(second.repeated()).isEqualTo(batch.size());
    assertThat(second.created()).isZero();
    assertThat(stores.get(project, "anna")).isEqualTo(before);
  }

  @Test
  void everyPrefixMayBeReplayed() {
    Updates reference = new Updates(project);
    fill(reference);
    stores.projector.apply("log", reference.all());
    List<String> expected = summary(project);
    int size = reference.all().size();
    for (int prefix = 0; prefix <= size; prefix++) {
      ProjectId replayed = ProfileStores.project();
      Updates log = new Updates(replayed);
      fill(log);
      stores.projector.apply("log", log.slice(0, prefix));
      stores.projector.apply("log", log.slice(0, prefix));
      stores.projector.apply("log", log.all());
      stores.projector.apply("log", log.slice(prefix / 2, size));
      assertThat(summary(replayed)).as("prefix of %d", prefix).isEqualTo(expected);
    }
  }

  @Test
  void aBatchThatEndedBeforeItWasDurableIsCompletedByItsRepetition() {
    ProfileStores broken = stores.with(new UnwritableProfiles(stores.durable));
    List<ProfileUpdate> batch = history().all();
    assertThatThrownBy(() -> broken.projector.apply("log", batch))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    assertThat(stores.durable.find(project, List.of(1L, 2L))).isEmpty();

    Outcome repeated = stores.projector.apply("log", batch);

    assertThat(repeated.applied()).isZero();
    assertThat(stores.durable.find(project, List.of(1L, 2L)).values())
        .containsExactlyInAnyOrder(stores.get(project, "anna"), stores.get(project, "ben"));
  }

  @Test
  void aBatchMaySpanProjects() {
    ProjectId other = ProfileStores.project();
    List<ProfileUpdate> batch = new ArrayList<>();
    ProfileUpdate here = new Updates(project).event("anna", "").all().getFirst();
    batch.add(here);
    batch.add(new ProfileUpdate(1, other, here.ids(), here.time(), "Visit", List.of()));
    batch.add(new ProfileUpdate(2, project, here.ids(), here.time(), "Visit", List.of()));
    assertThat(stores.projector.apply("log", batch).userNumbers()).containsExactly(1L, 1L, 1L);
    assertThat(stores.get(project, "anna").eventCount()).isEqualTo(2);
    assertThat(stores.get(other, "anna").eventCount()).isEqualTo(1);
  }

  @Test
  void logsThatChangeTheSameUserAtOnceLoseNothing() throws Exception {
    int logs = 4;
    int batches = 15;
    try (ExecutorService threads = Executors.newFixedThreadPool(logs)) {
      List<Future<?>> running = new ArrayList<>();
      for (int log = 0; log < logs; log++) {
        String logId = "log-" + log;
        running.add(
            threads.submit(
                () -> {
                  Updates updates = new Updates(project);
                  for (int i = 0; i < batches; i++) {
                    updates.event("anna", "", add("balance", "0.1"));
                    stores.projector.apply(logId, updates.slice(i, i + 1));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    Profile profile = stores.get(project, "anna");
    assertThat(profile.eventCount()).isEqualTo(logs * batches);
    assertThat(profile.traits()).isEqualTo(Map.of("balance", new TraitValue("6")));
    assertThat(stores.durable.find(project, List.of(1L))).containsValue(profile);
  }

  @Test
  void anEmptyBatchIsNothing() {
    assertThat(stores.projector.apply("log", List.of()).userNumbers()).isEmpty();
  }

  @Test
  void nobodyHasAnUnknownId() {
    assertThat(stores.find(project, "nobody")).isEmpty();
    assertThat(stores.find(project, "user_number:7")).isEmpty();
    assertThat(stores.find(project, "user_number:4294967296")).isEmpty();
    assertThat(stores.find(project, "user_number:x")).isEmpty();
  }

  private Updates history() {
    Updates log = new Updates(project);
    fill(log);
    return log;
  }

  private static void fill(Updates log) {
    log.event("", "phone", add("balance", "10.1"))
        .bind("anna", "phone")
        .event("anna", "phone", add("balance", "20.2"))
        .bind("ben", "phone")
        .event("", "phone", append("seen", "银行"))
        .change("anna", set("tier", "\"gold\""), append("seen", "card"))
        .event("ben", "tablet", add("balance", "20.20"));
  }

  private List<String> summary(ProjectId of) {
    List<String> lines = new ArrayList<>();
    for (String id : List.of("anna", "ben", "phone")) {
      stores
          .find(of, id)
          .ifPresent(
              one ->
                  lines.add(
                      id
                          + one.user().number()
                          + one.loginId()
                          + one.anonymousIds()
                          + new java.util.TreeMap<>(one.traits())
                          + one.eventCount()
                          + one.firstSeenTime()
                          + one.lastSeenTime()));
    }
    return lines;
  }
}
