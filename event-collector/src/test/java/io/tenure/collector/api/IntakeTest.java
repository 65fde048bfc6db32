package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.ProjectChoice;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.TimeWindow;
import io.tenure.collector.domain.intake.ValueRule;
import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.store.MemoryEventLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the bytes of each protocol to what lies in the log. */
final class IntakeTest {

  private static final long TIME = NOON.toEpochMilli() - 1000;

  private final MemoryEventLog log =
      new MemoryEventLog(Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofDays(7));
  private final Intake intake =
      new Intake(
          new Shape(Limits.DEFAULT),
          List.of(
              new NameRule(Limits.DEFAULT),
              new ValueRule(Limits.DEFAULT),
              new TimeWindow(Duration.ofDays(730), Duration.ofHours(1)),
              new IdentityRule()),
          log,
          receipt -> {});
  private final Bodies bodies = new Bodies(1 << 20, 8 << 20, 64 << 20);

  @Test
  void takesASensorsEvent() {
    Event event =
        sensorsEvent(
            """
            {"type":"track","event":"Transfer","distinct_id":"d1","time":%d,"_track_id":-7,"project":"",
             "lib":{"$lib":"Java","$lib_version":"3.4.0"},
             "properties":{"amount":12.50,"big":9007199254740993,"ok":true,"none":null,"to":"张三","list":["a",1]}}
            """
                .formatted(TIME));

    assertThat(event.name()).isEqualTo("Transfer");
    assertThat(event.source().eventTime()).isEqualTo(Instant.ofEpochMilli(TIME));
    assertThat(event.source().receiveTime()).isEqualTo(NOON);
    assertThat(event.source().library()).isEqualTo("Java 3.4.0");
    assertThat(event.source().identity()).isEqualTo(new Identity("", "d1", false));
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "amount", "12.5",
                "big", "9007199254740993",
                "ok", "true",
                "to", "张三",
                "list", "[\"a\",1]"));
  }

  @ParameterizedTest
  @CsvSource({
    "js, 2026-06-01 08:00:00.5, 2026-06-01 08:00:00.005",
    "js, 2026-06-01 08:00:00.50, 2026-06-01 08:00:00.050",
    "js, 2026-06-01 08:00:00.05, 2026-06-01 08:00:00.005",
    "js, 2026-06-01 08:00:00.123, 2026-06-01 08:00:00.123",
    "MiniProgram, 2026-06-01 08:00:00.50, 2026-06-01 08:00:00.050",
    "Golang, 2026-06-01 08:00:00.5, 2026-06-01 08:00:00.500",
    "Golang, 2026-06-01 08:00:00, 2026-06-01 08:00:00.000",
    "Java, 2026-06-01 08:00:00.123, 2026-06-01 08:00:00.123",
    "Java, 2026-06-01, 2026-06-01",
    "Java, 2026-06-01T08:00:00Z, 2026-06-01T08:00:00Z"
  })
  void readsDatesAsTheirSdkMeansThem(String sdk, String sent, String meant) {
    Event event =
        sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"d1","time":%d,"lib":{"$lib":"%s"},"properties":{"at":"%s"}}
            """
                .formatted(TIME, sdk, sent));

    assertThat(event.properties()).containsEntry("at", meant);
  }

  @Test
  void joinsIdsAtSensorsSignUp() {
    Event event =
        sensorsEvent(
            """
            {"type":"track_signup","event":"$SignUp","distinct_id":"ann","original_id":"d1","time":%d,"properties":{}}
            """
                .formatted(TIME));

    assertThat(event.name()).isEqualTo("$SignUp");
    assertThat(event.source().identity()).isEqualTo(new Identity("ann", "d1", true));
  }

  @Test
  void prefersIdentitiesOverTheDistinctId() {
    Event event =
        sensorsEvent(
            """
            {"type":"track_id_bind","event":"$BindID","distinct_id":"x","time":%d,"properties":{},
             "identities":{"$identity_login_id":"ann","$identity_mobile":"138"}}
            """
                .formatted(TIME));

    assertThat(event.source().identity())
        .isEqualTo(new Identity("ann", "$identity_mobile:138", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"distinct_id\":\"ann\",\"properties\":{\"$is_login_id\":true}}|ann|''",
        "{\"distinct_id\":\"ann\",\"login_id\":\"ann\",\"anonymous_id\":\"d1\"}|ann|d1",
        "{\"distinct_id\":\"d1\",\"anonymous_id\":\"d1\"}|''|d1",
        "{\"distinct_id\":42}|''|42"
      })
  void findsTheNamespaceOfASensorsId(String record, String login, String device) {
    Event event =
        sensorsEvent(
            "{\"type\":\"track\",\"event\":\"A\",\"time\":" + TIME + "," + record.substring(1));

    assertThat(event.source().identity()).isEqualTo(new Identity(login, device, false));
  }

  @Test
  void turnsSensorsProfileRecordsIntoChanges() {
    assertThat(changes("profile_set", "{\"city\":\"Brno\",\"age\":30}"))
        .containsExactly(
            new TraitChange(Operation.SET, "city", "\"Brno\""),
            new TraitChange(Operation.SET, "age", "30"));
    assertThat(changes("profile_set_once", "{\"first\":\"a\"}"))
        .containsExactly(new TraitChange(Operation.SET_ONCE, "first", "\"a\""));
    assertThat(changes("profile_increment", "{\"n\":-1.50}"))
        .containsExactly(new TraitChange(Operation.INCREMENT, "n", "-1.5"));
    assertThat(changes("profile_append", "{\"tags\":[\"a\",\"b\"]}"))
        .containsExactly(new TraitChange(Operation.APPEND, "tags", "[\"a\",\"b\"]"));
    assertThat(changes("profile_unset", "{\"city\":true}"))
        .containsExactly(new TraitChange(Operation.UNSET, "city", ""));
    assertThat(changes("profile_delete", "{}"))
        .containsExactly(new TraitChange(Operation.DELETE, "", ""));
  }

  @Test
  void findsASensorsRecordSentAgain() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":5,\"time\":%d,\"_flush_time\":%d}";

    assertThat(sensors(record.formatted(TIME, 1)).accepted()).isEqualTo(1);
    assertThat(sensors(record.formatted(TIME, 2)).duplicate()).isEqualTo(1);
    assertThat(sensors(record.formatted(TIME + 1, 2)).accepted()).isEqualTo(1);
  }

  @Test
  void tellsRecordsWithoutTrackIdApartByTheirProperties() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"n\":%d}}";

    assertThat(sensors(record.formatted(TIME, 1)).accepted()).isEqualTo(1);
    assertThat(sensors(record.formatted(TIME, 2)).accepted()).isEqualTo(1);
    assertThat(sensors(record.formatted(TIME, 2)).duplicate()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"item_set\",\"item_type\":\"a\",\"time\":TIME}|FIELD_INVALID",
        "{\"type\":\"item_delete\",\"item_id\":\"a\",\"time\":TIME}|FIELD_INVALID",
        "{\"type\":\"detail_set\",\"time\":TIME}|FIELD_INVALID",
        "{\"type\":\"track_id_unbind\",\"time\":TIME,\"distinct_id\":\"d\"}|FIELD_INVALID",
        "{\"type\":\"nonsense\"}|TYPE_UNKNOWN",
        "{}|TYPE_UNKNOWN",
        "7|NOT_AN_OBJECT",
        "{\"type\":\"track\",\"project\":\"other\"}|PROJECT_MISMATCH",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\"}|TIME_INVALID",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":1.5}|TIME_INVALID",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":1000}|TIME_TOO_OLD",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":9999999999999}|TIME_IN_FUTURE",
        "{\"type\":\"track\",\"event\":\"A\",\"time\":TIME}|IDENTITY_MISSING",
        "{\"type\":\"track\",\"event\":\"A"
            + " b\",\"distinct_id\":\"d\",\"time\":TIME}|EVENT_NAME_INVALID",
        "{\"type\":\"track\",\"distinct_id\":\"d\",\"time\":TIME}|EVENT_NAME_INVALID",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":{\"user_id\":1}}|PROPERTY_NAME_INVALID",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":{\"a\":1e400}}|NUMBER_OUT_OF_RANGE",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":{\"a\":\"\\ud800\"}}|TEXT_INVALID",
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":3}|FIELD_INVALID",
        "{\"type\":\"profile_increment\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":{\"a\":\"1\"}}|FIELD_INVALID",
        "{\"type\":\"profile_append\",\"distinct_id\":\"d\",\"time\":TIME,\"properties\":{\"a\":\"1\"}}|FIELD_INVALID"
      })
  void keepsABadRecordAsideWithItsBytes(String record, QuarantineReason reason) {
    String json = record.replace("TIME", Long.toString(TIME));

    Receipt receipt = sensors(json);

    assertThat(receipt.quarantined()).isEqualTo(Map.of(reason, 1));
    Quarantined aside = (Quarantined) last();
    assertThat(new String(aside.original(), UTF_8)).isEqualTo(json);
    assertThat(aside.detail()).isNotBlank();
  }

  @Test
  void acceptsTheGoodRecordsBesideABadOne() {
    Receipt receipt =
        sensors(
            """
            [{"type":"track","event":"A","distinct_id":"d","time":%1$d},
             {"type":"track","event":"A","distinct_id":"d","time":"x"},
             {"type":"track","event":"B","distinct_id":"d","time":%1$d}]
            """
                .formatted(TIME));

    assertThat(receipt.accepted()).isEqualTo(2);
    assertThat(receipt.quarantined()).isEqualTo(Map.of(QuarantineReason.TIME_INVALID, 1));
  }

  @Test
  void keepsLargeRecordsAsideAndRefusesHugeOnes() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"a\":\"%s\"}}";

    assertThat(sensors(record.formatted(TIME, "x".repeat(9000))).quarantined())
        .containsOnlyKeys(QuarantineReason.VALUE_TOO_LONG);
    assertThat(sensors(record.formatted(TIME, "x".repeat(40_000))).quarantined())
        .containsOnlyKeys(QuarantineReason.RECORD_TOO_LARGE);
    assertThat(sensors(record.formatted(TIME, "x".repeat(2 << 20))).refused())
        .containsOnlyKeys(RefuseReason.RECORD_FAR_TOO_LARGE);
  }

  @Test
  void takesOldSensorsRecordsWithTimeFree() {
    Receipt receipt =
        sensors(
            "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":1000,\"time_free\":true}");

    assertThat(receipt.accepted()).isEqualTo(1);
  }

  @Test
  void takesASegmentTrack() {
    Event event =
        (Event)
            segment(
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
            segment(
                """
                {"type":"page","messageId":"p","userId":"ann","name":"Home","context":{"page":{"url":"https://bank/"}}}
                """);
    Event screen = (Event) segment("{\"type\":\"screen\",\"userId\":\"ann\",\"name\":\"Home\"}");

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
            segment(
                """
                {"type":"identify","userId":7,"anonymousId":"d1","traits":{"balance":1e2,"gone":null,"o":{"a":[1]}}}
                """);
    ProfileChange group =
        (ProfileChange) segment("{\"type\":\"group\",\"userId\":\"ann\",\"groupId\":\"g1\"}");
    ProfileChange alias =
        (ProfileChange) segment("{\"type\":\"alias\",\"userId\":\"ann\",\"previousId\":\"d1\"}");

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
    segmentBatch(
        """
        {"sentAt":"%s","batch":[{"type":"track","event":"A","userId":"ann","messageId":"m","timestamp":"%s"}]}
        """
            .formatted(sentAt, sent),
        retry);

    Event event = (Event) last();

    assertThat(Duration.between(sent, event.source().eventTime()))
        .as(why)
        .isEqualTo(Duration.ofSeconds(expected));
  }

  @Test
  void countsSegmentEventsWithoutIdAndTimeSingly() {
    String body = "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"ann\"}]}";

    assertThat(segmentBatch(body, false).accepted()).isEqualTo(1);
    assertThat(segmentBatch(body, false).accepted()).isEqualTo(1);
  }

  @Test
  void takesItemsAndDetails() {
    LogRecord.Item item =
        item(
            """
            {"type":"item_set","item_type":"fund","item_id":"F1","time":%d,"lib":{"$lib":"Java","$lib_version":"3.4.0"},
             "properties":{"name":"增长","fee":0.10,"none":null,"since":"2026-06-01 08:00:00.5"}}
            """);
    assertThat(item.kind()).isEqualTo(LogRecord.Item.Kind.ITEM);
    assertThat(item.type() + "/" + item.itemId() + "/" + item.deleted()).isEqualTo("fund/F1/false");
    assertThat(item.source().identity()).isEqualTo(Identity.NOBODY);
    assertThat(item.source().library()).isEqualTo("Java 3.4.0");
    assertThat(item.properties())
        .isEqualTo(Map.of("name", "增长", "fee", "0.1", "since", "2026-06-01 08:00:00.500"));

    LogRecord.Item gone =
        item(
            "{\"type\":\"item_delete\",\"item_type\":\"fund\",\"item_id\":\"F1\",\"time\":%d,\"properties\":{\"a\":1}}");
    assertThat(gone.deleted()).isTrue();
    assertThat(gone.properties()).isEmpty();
  }

  /** As the Java SDK from 3.5 on sends the second version of the schema. */
  @Test
  void takesRecordsOfTheSecondSchema() {
    LogRecord.Item item =
        item(
            """
            {"version":"2.0","type":"item_set","schema":"fund","id":"F1","time":%d,"_track_id":1,"properties":{"n":1}}
            """);
    assertThat(item.type() + "/" + item.itemId()).isEqualTo("fund/F1");

    LogRecord.Item detail =
        item(
            """
            {"version":"2.0","type":"detail_set","schema":"holding","id":"H1","time":%d,"_track_id":2,
             "properties":{"shares":3,"identities":{"$identity_login_id":"ann"},"distinct_id":"ann"}}
            """);
    assertThat(detail.kind()).isEqualTo(LogRecord.Item.Kind.DETAIL);
    assertThat(detail.source().identity()).isEqualTo(new Identity("ann", "", false));
    assertThat(detail.properties()).isEqualTo(Map.of("shares", "3"));
    assertThat(
            item("{\"version\":\"2.0\",\"type\":\"detail_delete\",\"schema\":\"holding\",\"id\":\"H1\",\"time\":%d,\"properties\":{}}")
                .deleted())
        .isTrue();

    Event event =
        sensorsEvent(
            """
            {"version":"2.0","type":"track","schema":"events","event":"Buy","time":%d,"_track_id":3,
             "properties":{"n":1,"identities":{"$identity_login_id":"ann","$identity_cookie_id":"c1"},"distinct_id":"ann"}}
            """
                .formatted(TIME));
    assertThat(event.source().identity()).isEqualTo(new Identity("ann", "c1", false));
    assertThat(event.properties()).isEqualTo(Map.of("n", "1"));

    Event byNumber =
        sensorsEvent(
            """
            {"version":"2.0","type":"track","schema":"events","event":"Buy","time":%d,"_track_id":4,
             "properties":{"user_id":4611686018427387904}}
            """
                .formatted(TIME));
    assertThat(byNumber.source().identity())
        .isEqualTo(new Identity("", "SENSORS_ID:4611686018427387904", false));
    assertThat(byNumber.properties()).isEmpty();

    assertThat(
            sensors(
                    """
                    {"version":"2.0","type":"profile_set","schema":"users","id":7,"time":%d,"properties":{"city":"Brno"}}
                    """
                        .formatted(TIME))
                .accepted())
        .isEqualTo(1);
    ProfileChange change = (ProfileChange) last();
    assertThat(change.source().identity()).isEqualTo(new Identity("", "SENSORS_ID:7", false));
    assertThat(change.changes())
        .containsExactly(new TraitChange(Operation.SET, "city", "\"Brno\""));
  }

  @Test
  void keepsAnEventAboutNobodyAside() {
    assertThat(
            sensors(
                    """
                    {"version":"2.0","type":"track","schema":"fund","event":"Rise","time":%d,"properties":{"fund_id":"F1"}}
                    """
                        .formatted(TIME))
                .quarantined())
        .containsOnlyKeys(QuarantineReason.IDENTITY_MISSING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"$identity_login_id\":\"ann\"}|ann|``",
        "{\"$identity_cookie_id\":\"c\"}|``|c",
        "{\"$identity_mobile\":\"138\"}|``|$identity_mobile:138"
      })
  void takesAnIdFromItsUser(String identities, String login, String device) {
    Event event =
        sensorsEvent(
            "{\"type\":\"track_id_unbind\",\"event\":\"$UnbindID\",\"distinct_id\":\"x\",\"time\":%d,\"identities\":%s}"
                .formatted(TIME, identities));

    assertThat(event.name()).isEqualTo("$UnbindID");
    assertThat(event.source().identity())
        .isEqualTo(new Identity(login, device, Identity.Link.UNBIND));
  }

  @Test
  void unbindsOneIdAtATime() {
    assertThat(
            sensors(
                    "{\"type\":\"track_id_unbind\",\"time\":%d,\"identities\":{\"$identity_login_id\":\"a\",\"$identity_mobile\":\"1\"}}"
                        .formatted(TIME))
                .quarantined())
        .containsOnlyKeys(QuarantineReason.FIELD_INVALID);
  }

  @Test
  void keepsIdentitiesThatDoNotLeadToTheUser() {
    Event event =
        sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"$identity_member+m1","login_id":"$identity_member+m1","time":%d,
             "identities":{"$identity_member":"m1","$identity_email":"a@b.c","$identity_android_id":"d1"}}
            """
                .formatted(TIME));

    assertThat(event.source().identity())
        .isEqualTo(new Identity("$identity_member+m1", "d1", false));
    assertThat(event.properties())
        .isEqualTo(Map.of("$identity_member", "m1", "$identity_email", "a@b.c"));
  }

  @Test
  void leavesOutWhatOnlyConcernsTheSending() {
    Event event =
        sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"d1","time":%d,"_track_id":9223372036854775807,"project":"",
             "_hybrid_h5":true,"_nocache":"123","server_url":"https://bank/sa","token":"t",
             "properties":{"$token":"t","$time_free":true,"$event_duration":1.25,"a":1}}
            """
                .formatted(TIME));

    assertThat(event.properties()).isEqualTo(Map.of("event_duration", "1.25", "a", "1"));
  }

  @Test
  void tellsLongTrackIdsApart() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":%s,\"time\":"
            + TIME
            + "}";

    assertThat(sensors(record.formatted("9223372036854775806")).accepted()).isEqualTo(1);
    assertThat(sensors(record.formatted("9223372036854775807")).accepted()).isEqualTo(1);
    assertThat(sensors(record.formatted("9223372036854775807")).duplicate()).isEqualTo(1);
    assertThat(sensors(record.formatted("-2147483648")).accepted()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "3600, false, -3600, a clock an hour fast",
    "-3600, false, 3600, a clock an hour slow",
    "20, false, 0, the network",
    "-172800, false, 0, a device that was offline",
    "-3600, true, 0, a time that is right"
  })
  void correctsAWrongDeviceClockByItsFlushTime(
      long ahead, boolean free, long expected, String why) {
    Instant sent = NOON.minusSeconds(7200);
    Event event =
        sensorsEvent(
            "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"_flush_time\":%d%s}"
                .formatted(
                    sent.toEpochMilli(),
                    NOON.plusSeconds(ahead).toEpochMilli(),
                    free ? ",\"time_free\":true" : ""));

    assertThat(Duration.between(sent, event.source().eventTime()))
        .as(why)
        .isEqualTo(Duration.ofSeconds(expected));
    assertThat(event.source().originalTime()).isEqualTo(sent);
  }

  @Test
  void findsARecordAgainThoughItsClockWasCorrectedOtherwise() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":5,\"time\":%d,\"_flush_time\":%d}";

    assertThat(sensors(record.formatted(TIME - 10_000_000, TIME - 3_600_000)).accepted())
        .isEqualTo(1);
    assertThat(sensors(record.formatted(TIME - 10_000_000, TIME - 7_200_000)).duplicate())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Distinct_ID",
    "user_group",
    "USER_GROUP_vip",
    "user_tag_x",
    "Users",
    "first_id",
    "datetime"
  })
  void reservesPropertyNamesInAnyCase(String name) {
    assertThat(
            sensors(
                    "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"%s\":1}}"
                        .formatted(TIME, name))
                .quarantined())
        .containsOnlyKeys(QuarantineReason.PROPERTY_NAME_INVALID);
  }

  @Test
  void putsEachRecordIntoTheProjectItNames() {
    String record =
        "{\"type\":\"%s\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"project\":\"%s\"}";
    String body =
        "["
            + String.join(
                ",",
                record.formatted("track", TIME, "shop"),
                record.formatted("track", TIME, ""),
                record.formatted("nonsense", TIME, "shop"),
                record.formatted("track", TIME, "other"),
                record.formatted("track", TIME, "bank"))
            + "]";
    Arrival arrival = new Arrival(BANK, Set.of(SHOP), NOON, "", "", false);

    Receipt first = sensors(arrival, "", body);
    assertThat(first.accepted()).isEqualTo(2);
    assertThat(first.duplicate()).isEqualTo(1);
    assertThat(first.quarantined())
        .isEqualTo(Map.of(QuarantineReason.PROJECT_MISMATCH, 1, QuarantineReason.TYPE_UNKNOWN, 1));
    Receipt second = sensors(arrival, "shop", body);
    assertThat(second.accepted()).isZero();
    assertThat(second.duplicate()).isEqualTo(5);

    assertThat(log.counts(SHOP).accepted()).isEqualTo(1);
    assertThat(log.counts(SHOP).quarantined()).isEqualTo(Map.of("TYPE_UNKNOWN", 1L));
    assertThat(log.counts(SHOP).duplicate()).isEqualTo(3);
    assertThat(log.counts(BANK).accepted()).isEqualTo(1);
    assertThat(log.counts(BANK).quarantined()).isEqualTo(Map.of("PROJECT_MISMATCH", 1L));
    assertThat(log.counts(BANK).duplicate()).isEqualTo(3);
  }

  @Test
  void letsTheAddressNameTheProjectOfRecordsThatNameNone() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d}".formatted(TIME);
    Arrival arrival = new Arrival(BANK, Set.of(SHOP), NOON, "", "", false);

    assertThat(sensors(arrival, "shop", record).accepted()).isEqualTo(1);
    assertThat(last().project()).isEqualTo(SHOP);
    assertThat(sensors(arrival, "default", record).accepted()).isEqualTo(1);
    assertThat(last().project()).isEqualTo(BANK);
    assertThat(sensors(arrival, "else", record).quarantined())
        .containsOnlyKeys(QuarantineReason.PROJECT_MISMATCH);
    assertThat(last().project()).isEqualTo(BANK);
  }

  private LogRecord.Item item(String record) {
    assertThat(sensors(record.formatted(TIME)).accepted()).isEqualTo(1);
    return (LogRecord.Item) last();
  }

  private List<TraitChange> changes(String type, String properties) {
    sensors(
        "{\"type\":\"%s\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":%s}"
            .formatted(type, TIME, properties));
    return ((ProfileChange) last()).changes();
  }

  private Event sensorsEvent(String record) {
    assertThat(sensors(record).accepted()).isEqualTo(1);
    return (Event) last();
  }

  private Receipt sensors(String json) {
    return sensors(new Arrival(BANK, NOON), "", json);
  }

  private Receipt sensors(Arrival arrival, String urlProject, String json) {
    byte[] form = SensorsForms.packed(json).getBytes(UTF_8);
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(form))) {
      List<Draft> drafts =
          new SensorsDecoder(arrival)
              .decode(FormFields.parse(body.content()), body::inflate).stream()
                  .map(draft -> draft.sharing(ProjectChoice.REQUEST_PROJECT, urlProject))
                  .toList();
      return intake.take(BANK, drafts);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  private LogRecord segment(String record) {
    Receipt receipt =
        segmentBatch(
            "{\"batch\":[%s],\"context\":{\"os\":{\"name\":\"Linux\"},\"library\":{\"name\":\"analytics-node\",\"version\":\"3.1.0\"}}}"
                .formatted(record),
            false);
    assertThat(receipt.accepted()).isEqualTo(1);
    return last();
  }

  private Receipt segmentBatch(String body, boolean retry) {
    return intake.take(
        BANK,
        new SegmentDecoder(new Arrival(BANK, Set.of(), NOON, "", "", retry))
            .batch(body.getBytes(UTF_8)));
  }

  /** The last record of either lane. */
  private LogRecord last() {
    return Stream.of(Reader.EVENTS, Reader.QUARANTINE)
        .flatMap(reader -> read(reader).stream())
        .max(Comparator.comparingLong(Batch.Entry::offset))
        .orElseThrow()
        .record();
  }

  private List<Batch.Entry> read(Reader reader) {
    return log.next(reader, new BatchLimit(1000, Long.MAX_VALUE)).stream()
        .peek(batch -> log.confirm(reader, batch))
        .flatMap(batch -> batch.entries().stream())
        .toList();
  }
}
