package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segment records and what they become in the log. */
final class SegmentIntakeTest {

  private final TestIntake door = new TestIntake();

  @Test
  void takesASegmentTrack() {
    Event event =
        (Event)
            door.segment(
                """
                {"type":"track","messageId":"m1","event":"Order Completed","userId":"ann","anonymousId":"d1",
                 "timestamp":"2026-06-15T11:59:00.000Z","properties":{"total":99.90,"ok":false}}
                """);

    assertThat(event.name()).isEqualTo("Order Completed");
    assertThat(event.source().eventId().value()).isEqualTo("m1");
    assertThat(event.source().identity()).isEqualTo(new Identity("ann", "d1", false));
    assertThat(event.source().library()).isEqualTo("analytics-node 3.1.0");
    assertThat(event.properties())
        .isEqualTo(Map.of("total", "99.9", "ok", "false", "$os", "Linux"));
  }

  @Test
  void turnsSegmentPagesAndScreensIntoPresetEvents() {
    Event page =
        (Event)
            door.segment(
                """
                {"type":"page","messageId":"p","userId":"ann","name":"Home","context":{"page":{"url":"https://bank/"}}}
                """);
    Event screen =
        (Event) door.segment("{\"type\":\"screen\",\"userId\":\"ann\",\"name\":\"Home\"}");

    assertThat(page.name()).isEqualTo("$pageview");
    assertThat(page.properties())
        .containsEntry("$title", "Home")
        .containsEntry("$url", "https://bank/");
    assertThat(page.source().eventTime()).isEqualTo(NOON);
    assertThat(screen.name()).isEqualTo("$AppViewScreen");
    assertThat(screen.properties()).containsEntry("$screen_name", "Home");
  }

  @Test
  void turnsSegmentIdentifyGroupAndAliasIntoProfileChanges() {
    ProfileChange identify =
        (ProfileChange)
            door.segment(
                """
                {"type":"identify","userId":7,"anonymousId":"d1","traits":{"balance":1e2,"gone":null,"o":{"a":[1]}}}
                """);
    ProfileChange group =
        (ProfileChange) door.segment("{\"type\":\"group\",\"userId\":\"ann\",\"groupId\":\"g1\"}");
    ProfileChange alias =
        (ProfileChange)
            door.segment("{\"type\":\"alias\",\"userId\":\"ann\",\"previousId\":\"d1\"}");

    assertThat(identify.source().identity()).isEqualTo(new Identity("7", "d1", true));
    assertThat(identify.changes())
        .containsExactly(
            new TraitChange(Operation.SET, "balance", "100"),
            new TraitChange(Operation.UNSET, "gone", ""),
            new TraitChange(Operation.SET, "o", "{\"a\":[1]}"));
    assertThat(group.changes())
        .containsExactly(new TraitChange(Operation.SET, "groupId", "\"g1\""));
    assertThat(alias.source().identity()).isEqualTo(new Identity("ann", "d1", true));
    assertThat(alias.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-15T13:00:00.123Z, false, -3600, a clock an hour fast",
    "2026-06-15T11:00:00.123Z, false, 3600, a clock an hour slow",
    "2026-06-15T12:00:20.123Z, false, 0, the network",
    "2026-06-12T12:00:00.123Z, false, 0, a device that was offline",
    "2026-06-15T11:00:00.123Z, true, 0, a retry"
  })
  void correctsAWrongClockOnly(String sentAt, boolean retry, long expected, String why) {
    Instant sent = Instant.parse("2026-06-15T10:00:00Z");
    door.segmentBatch(
        """
        {"sentAt":"%s","batch":[{"type":"track","event":"A","userId":"ann","messageId":"m","timestamp":"%s"}]}
        """
            .formatted(sentAt, sent),
        retry);

    Event event = (Event) door.last();

    assertThat(Duration.between(sent, event.source().eventTime()))
        .as(why)
        .isEqualTo(Duration.ofSeconds(expected));
  }
}
