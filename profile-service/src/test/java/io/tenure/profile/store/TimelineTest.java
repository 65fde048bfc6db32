package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.EventTable;
import io.tenure.profile.EventTable.Row;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.timeline.PastEvent;
import io.tenure.profile.domain.timeline.PastEvent.Place;
import io.tenure.profile.domain.timeline.TimeSpan;
import io.tenure.profile.domain.timeline.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TimelineTest {

  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

  private static ProfileStores stores;
  private static EventTable events;
  private static Timeline timeline;

  private final ProjectId project = ProfileStores.project();
  private long offset;

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
    events = new EventTable(stores.clickHouse);
    timeline = new Timeline(stores.directory, new ClickHouseEventHistory(stores.clickHouse));
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void showsTheNewestFirstWithEverythingAboutThem() {
    happened(
        "anna", 1, "Login", NOW, "18446744073709551615", Map.of("amount", "12.50", "x", "\"1"));
    happened("anna", 1, "Deposit", NOW.plusMillis(1), "2", Map.of());
    happened("ben", 2, "Login", NOW.plusMillis(2), "3", Map.of());

    List<PastEvent> shown = page("anna", Optional.empty(), 10).events();
    assertThat(shown)
        .containsExactly(
            new PastEvent(
                new Place(NOW.plusMillis(1), "2", "Deposit", 1),
                "id-2",
                NOW.plusMillis(1).plusSeconds(1),
                "anna",
                "phone-1",
                "Android",
                Map.of()),
            new PastEvent(
                new Place(NOW, "18446744073709551615", "Login", 1),
                "id-18446744073709551615",
                NOW.plusSeconds(1),
                "anna",
                "phone-1",
                "Android",
                Map.of("amount", "12.50", "x", "\"1")));
  }

  @Test
  void showsARepeatedEventOnce() {
    happened("anna", 1, "Login", NOW, "1", Map.of());
    events.insert(new Row(project, 1, "Login", NOW, "1", Map.of()));
    assertThat(page("anna", Optional.empty(), 10).events()).hasSize(1);
  }

  @Test
  void goesBackAsFarAsTheHistoryGoes() {
    List<Instant> times = new ArrayList<>();
    for (int days : new int[] {0, 0, 3, 20, 100, 300, 900, 2_000}) {
      times.add(NOW.minus(Duration.ofDays(days)));
    }
    for (int i = times.size() - 1; i >= 0; i--) {
      happened("anna", 1, "Login", times.get(i), Integer.toString(100 + i), Map.of());
    }
    List<PastEvent> all = page("anna", Optional.empty(), 100).events();
    assertThat(all).extracting(event -> event.place().time()).containsExactlyElementsOf(times);
    for (int size = 1; size < 9; size++) {
      assertThat(pages("anna", size)).isEqualTo(all);
    }
  }

  @Test
  void asksForNamesAndATime() {
    for (int hour = 0; hour < 6; hour++) {
      String name = hour % 2 == 0 ? "Login" : "Deposit";
      Instant time = NOW.plus(Duration.ofHours(hour));
      happened("anna", 1, name, time, Integer.toString(hour), Map.of());
    }
    TimeSpan span = new TimeSpan(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(4)));
    assertThat(keys(timeline.page(project, "anna", Set.of(), span, Optional.empty(), 10)))
        .containsExactly("3", "2", "1");
    assertThat(keys(timeline.page(project, "anna", Set.of("Login"), span, Optional.empty(), 10)))
        .containsExactly("2");
    assertThat(
            keys(
                timeline.page(
                    project,
                    "anna",
                    Set.of("Deposit", "Login", "None"),
                    TimeSpan.ALWAYS,
                    Optional.empty(),
                    10)))
        .hasSize(6);
  }

  @Test
  void laterPagesAreNotMovedByWhatArrives() {
    for (int i = 0; i < 4; i++) {
      happened("anna", 1, "Login", NOW, Integer.toString(10 * i), Map.of());
    }
    Timeline.Page first = page("anna", Optional.empty(), 2);
    assertThat(keys(first)).containsExactly("30", "20");
    happened("anna", 1, "Login", NOW.plusSeconds(1), "40", Map.of());
    happened("anna", 1, "Login", NOW, "25", Map.of());
    happened("anna", 1, "Login", NOW.minusSeconds(1), "5", Map.of());

    Timeline.Page second = page("anna", first.next(), 10);
    assertThat(keys(second)).containsExactly("10", "0", "5");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aUserWithoutEventsHasAnEmptyTimeline() {
    apply("anna", NOW, false);
    assertThat(page("anna", Optional.empty(), 10).events()).isEmpty();
  }

  @Test
  void nobodyHasNone() {
    assertThatThrownBy(() -> page("nobody", Optional.empty(), 10))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  private void happened(
      String login, long user, String name, Instant time, String key, Map<String, String> values) {
    apply(login, time, true);
    events.insert(new Row(project, user, name, time, key, values));
  }

  private void apply(String login, Instant time, boolean event) {
    stores.projector.apply(
        "log",
        List.of(
            new ProfileUpdate(
                offset++,
                project,
                new Identifiers(login, "", false),
                time,
                event ? "Visit" : "",
                List.of())));
  }

  private Timeline.Page page(String id, Optional<Place> after, int size) {
    return timeline.page(project, id, Set.of(), TimeSpan.ALWAYS, after, size);
  }

  private List<PastEvent> pages(String id, int size) {
    List<PastEvent> all = new ArrayList<>();
    Optional<Place> next = Optional.empty();
    do {
      Timeline.Page page = page(id, next, size);
      all.addAll(page.events());
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  private static List<String> keys(Timeline.Page page) {
    return page.events().stream().map(event -> event.place().key()).toList();
  }
}
