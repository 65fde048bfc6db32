package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static io.tenure.collector.domain.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sensors records and what they become in the log. */
final class SensorsIntakeTest {

  private final TestIntake door = new TestIntake();

  @Test
  void takesASensorsEvent() {
    Event event =
        door.sensorsEvent(
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
    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("", "d1", false));
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
        door.sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"d1","time":%d,"lib":{"$lib":"%s"},"properties":{"at":"%s"}}
            """
                .formatted(TIME, sdk, sent));

    assertThat(event.properties()).containsEntry("at", meant);
  }

  @Test
  void turnsSensorsProfileRecordsIntoChanges() {
    assertThat(door.changes("profile_set", "{\"city\":\"Brno\",\"age\":30}"))
        .containsExactly(
            new TraitChange(Operation.SET, "city", "\"Brno\""),
            new TraitChange(Operation.SET, "age", "30"));
    assertThat(door.changes("profile_set_once", "{\"first\":\"a\"}"))
        .containsExactly(new TraitChange(Operation.SET_ONCE, "first", "\"a\""));
    assertThat(door.changes("profile_increment", "{\"n\":-1.50}"))
        .containsExactly(new TraitChange(Operation.INCREMENT, "n", "-1.5"));
    assertThat(door.changes("profile_append", "{\"tags\":[\"a\",\"b\"]}"))
        .containsExactly(new TraitChange(Operation.APPEND, "tags", "[\"a\",\"b\"]"));
    assertThat(door.changes("profile_unset", "{\"city\":true}"))
        .containsExactly(new TraitChange(Operation.UNSET, "city", ""));
    assertThat(door.changes("profile_delete", "{}"))
        .containsExactly(new TraitChange(Operation.DELETE, "", ""));
  }

  @Test
  void takesItemsAndDetails() {
    LogRecord.Item item =
        door.item(
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
        door.item(
            "{\"type\":\"item_delete\",\"item_type\":\"fund\",\"item_id\":\"F1\",\"time\":%d,\"properties\":{\"a\":1}}");
    assertThat(gone.deleted()).isTrue();
    assertThat(gone.properties()).isEmpty();
  }

  /** As the Java SDK from 3.5 on sends the second version of the schema. */
  @Test
  void takesRecordsOfTheSecondSchema() {
    LogRecord.Item item =
        door.item(
            """
            {"version":"2.0","type":"item_set","schema":"fund","id":"F1","time":%d,"_track_id":1,"properties":{"n":1}}
            """);
    assertThat(item.type() + "/" + item.itemId()).isEqualTo("fund/F1");

    LogRecord.Item detail =
        door.item(
            """
            {"version":"2.0","type":"detail_set","schema":"holding","id":"H1","time":%d,"_track_id":2,
             "properties":{"shares":3,"identities":{"$identity_login_id":"ann"},"distinct_id":"ann"}}
            """);
    assertThat(detail.kind()).isEqualTo(LogRecord.Item.Kind.DETAIL);
    assertThat(detail.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("ann", "", false));
    assertThat(detail.properties()).isEqualTo(Map.of("shares", "3"));
    assertThat(
            door.item(
                    "{\"version\":\"2.0\",\"type\":\"detail_delete\",\"schema\":\"holding\",\"id\":\"H1\",\"time\":%d,\"properties\":{}}")
                .deleted())
        .isTrue();

    Event event =
        door.sensorsEvent(
            """
            {"version":"2.0","type":"track","schema":"events","event":"Buy","time":%d,"_track_id":3,
             "properties":{"n":1,"identities":{"$identity_login_id":"ann","$identity_cookie_id":"c1"},"distinct_id":"ann"}}
            """
                .formatted(TIME));
    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("ann", "c1", false));
    assertThat(event.properties()).isEqualTo(Map.of("n", "1"));

    Event byNumber =
        door.sensorsEvent(
            """
            {"version":"2.0","type":"track","schema":"events","event":"Buy","time":%d,"_track_id":4,
             "properties":{"user_id":4611686018427387904}}
            """
                .formatted(TIME));
    assertThat(byNumber.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("", "SENSORS_ID:4611686018427387904", false));
    assertThat(byNumber.properties()).isEmpty();

    assertThat(
            door.sensors(
                    """
                    {"version":"2.0","type":"profile_set","schema":"users","id":7,"time":%d,"properties":{"city":"Brno"}}
                    """
                        .formatted(TIME))
                .accepted())
        .isEqualTo(1);
    ProfileChange change = (ProfileChange) door.last();
    assertThat(change.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("", "SENSORS_ID:7", false));
    assertThat(change.changes())
        .containsExactly(new TraitChange(Operation.SET, "city", "\"Brno\""));
  }

  @Test
  void leavesOutWhatOnlyConcernsTheSending() {
    Event event =
        door.sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"d1","time":%d,"_track_id":9223372036854775807,"project":"",
             "_hybrid_h5":true,"_nocache":"123","server_url":"https://bank/sa","token":"t",
             "properties":{"$token":"t","$time_free":true,"$event_duration":1.25,"a":1}}
            """
                .formatted(TIME));

    assertThat(event.properties()).isEqualTo(Map.of("event_duration", "1.25", "a", "1"));
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
            door.sensors(
                    "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"%s\":1}}"
                        .formatted(TIME, name))
                .quarantined())
        .containsOnlyKeys(QuarantineReason.PROPERTY_NAME_INVALID);
  }

  @Test
  void takesOldSensorsRecordsWithTimeFree() {
    Receipt receipt =
        door.sensors(
            "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":1000,\"time_free\":true}");

    assertThat(receipt.accepted()).isEqualTo(1);
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
        door.sensorsEvent(
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
}
