package io.tenure.collector.domain.dialect;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Item;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Segment protocol's limits and times mean. */
final class SegmentShapeTest {

  private final Shape shape = new Shape(Limits.DEFAULT);

  private static List<Draft> batch(String json) {
    return new SegmentDecoder(new Arrival(BANK, NOON)).batch(json.getBytes(UTF_8));
  }

  private Verdict verdict(String record) {
    return shape.judge(batch("{\"batch\":[" + record + "]}").getFirst());
  }

  private Event event(String record) {
    return (Event) ((Verdict.Accept) verdict(record)).accepted();
  }

  private static String ofSize(int bytes) {
    String frame = "{\"x\":\"\",\"batch\":[]}";
    return "{\"x\":\"" + "x".repeat(bytes - frame.length()) + "\",\"batch\":[]}";
  }

  @Test
  void takesABatchOf500KilobytesAndNoMore() {
    assertThat(batch(ofSize(512_000))).isEmpty();
    assertThatThrownBy(() -> batch(ofSize(512_001)))
        .isInstanceOfSatisfying(
            MalformedBody.class,
            refused -> assertThat(refused.reason()).isEqualTo(QuarantineReason.BATCH_TOO_LARGE));
  }

  @Test
  void makesAnItemOfWhatACallSaysAboutAGroup() {
    List<Draft> drafts =
        batch(
            """
            {"batch":[{"type":"group","userId":"ann","messageId":"m","groupId":"branch-7",
              "traits":{"region":"west","staff":12.50,"closed":null}}]}
            """);

    assertThat(drafts).hasSize(2);
    List<LogRecord.Accepted> records =
        drafts.stream().map(draft -> ((Verdict.Accept) shape.judge(draft)).accepted()).toList();
    assertThat(((ProfileChange) records.getFirst()).changes())
        .containsExactly(new TraitChange(Operation.SET, "groupId", "\"branch-7\""));
    assertThat(records.getFirst().source().eventId()).isEqualTo(new EventId("m"));
    Item group = (Item) records.getLast();
    assertThat(group.type()).isEqualTo("group");
    assertThat(group.itemId()).isEqualTo("branch-7");
    assertThat(group.properties()).isEqualTo(Map.of("region", "west", "staff", "12.5"));
    assertThat(group.source().identity().isPresent()).isFalse();
    assertThat(group.source().eventId()).isNotEqualTo(new EventId("m"));
    assertThat(group.source().eventId())
        .isEqualTo(((Verdict.Accept) shape.judge(drafts.getLast())).accepted().source().eventId());
  }

  @Test
  void makesNoItemWhenACallSaysNothingAboutItsGroup() {
    String call = "{\"type\":\"group\",\"userId\":\"ann\",\"groupId\":\"g\"%s}";
    assertThat(batch("{\"batch\":[" + call.formatted("") + "]}")).hasSize(1);
    assertThat(batch("{\"batch\":[" + call.formatted(",\"traits\":{}") + "]}")).hasSize(1);
    assertThat(
            new SegmentDecoder(new Arrival(BANK, NOON))
                .single(call.formatted(",\"traits\":{\"a\":1}").getBytes(UTF_8), "group"))
        .hasSize(2);
  }

  @Test
  void takesTheGroupOfAnEventFromItsContext() {
    Event event =
        event(
            "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"context\":{\"groupId\":\"branch-7\"}}");

    assertThat(event.properties()).containsEntry("$group_id", "branch-7");
  }

  @Test
  void takes2500RecordsAndNoMore() {
    String most = String.join(",", Collections.nCopies(2500, "{}"));
    assertThat(batch("{\"batch\":[" + most + "]}")).hasSize(2500);
    assertThatThrownBy(() -> batch("{\"batch\":[" + most + ",{}]}"))
        .isInstanceOf(MalformedBody.class);
  }

  @Test
  void refusesARecordOf32KilobytesAloneAndKeepsIt() {
    String frame = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"x\":\"\"}";
    String largest = frame.replace("\"x\":\"", "\"x\":\"" + "x".repeat(32_768 - frame.length()));
    assertThat(largest).hasSize(32_768);
    assertThat(verdict(largest)).isInstanceOf(Verdict.Accept.class);
    assertThat(verdict(largest.replace("\"A\"", "\"AB\"")))
        .isInstanceOfSatisfying(
            Verdict.Quarantine.class,
            aside -> assertThat(aside.reason()).isEqualTo(QuarantineReason.RECORD_TOO_LARGE));
  }

  @Test
  void takesAMessageIdOf100CharactersAndNoMore() {
    String record = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u\",\"messageId\":\"%s\"}";
    assertThat(verdict(record.formatted("m".repeat(100)))).isInstanceOf(Verdict.Accept.class);
    assertThat(verdict(record.formatted("m".repeat(101)))).isInstanceOf(Verdict.Quarantine.class);
  }

  @Test
  void mapsTheContextAndPrefersTheEventsOwn() {
    Event event =
        (Event)
            ((Verdict.Accept)
                    shape.judge(
                        batch(
                                """
                                {"context":{"ip":"203.0.113.7","locale":"zh-CN","os":{"name":"iOS"},"screen":{"width":390}},
                                 "batch":[{"type":"track","event":"A","userId":"u","properties":{"$brand":"own"},
                                   "context":{"os":{"name":"Android"},"network":{"wifi":true},"device":{"brand":"B"},"userAgent":7}}]}
                                """)
                            .getFirst()))
                .accepted();
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "$ip", "203.0.113.7",
                "$language", "zh-CN",
                "$os", "Android",
                "$screen_width", "390",
                "$wifi", "true",
                "$brand", "own",
                "$user_agent", "7"));
  }

  @ParameterizedTest
  @CsvSource({
    // An hour fast is a wrong clock; an hour slow is perhaps a repetition.
    "analytics-java, 2026-06-15T13:00:00.123Z, 2026-06-15T09:00:00Z",
    "analytics-java, 2026-06-15T11:00:00.123Z, 2026-06-15T10:00:00Z",
    "analytics.js, 2026-06-15T11:00:00.123Z, 2026-06-15T11:00:00Z"
  })
  void doesNotTakeASilentRepetitionForASlowClock(String library, String sentAt, String expected) {
    Event event =
        event(
            """
            {"type":"track","event":"A","userId":"u","timestamp":"2026-06-15T10:00:00Z","sentAt":"%s",
             "context":{"library":{"name":"%s"}}}
            """
                .formatted(sentAt, library));
    assertThat(event.source().eventTime()).isEqualTo(Instant.parse(expected));
  }

  @Test
  void believesATimeAnotherServerCorrected() {
    Event event =
        event(
            """
            {"type":"track","event":"A","userId":"u","timestamp":"2026-06-15T10:00:00Z",
             "originalTimestamp":"2026-06-15T09:00:00Z","sentAt":"2026-06-15T11:00:00Z",
             "receivedAt":"2026-06-15T11:59:00Z"}
            """);
    assertThat(event.source().eventTime()).isEqualTo(Instant.parse("2026-06-15T10:00:00Z"));
  }
}
