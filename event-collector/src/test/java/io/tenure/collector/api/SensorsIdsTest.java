package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.QuarantineReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a Sensors record is about. */
final class SensorsIdsTest {

  private final TestIntake door = new TestIntake();

  @Test
  void joinsIdsAtSensorsSignUp() {
    Event event =
        door.sensorsEvent(
            """
            {"type":"track_signup","event":"$SignUp","distinct_id":"ann","original_id":"d1","time":%d,"properties":{}}
            """
                .formatted(TIME));

    assertThat(event.name()).isEqualTo("$SignUp");
    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("ann", "d1", true));
  }

  @Test
  void prefersIdentitiesOverTheDistinctId() {
    Event event =
        door.sensorsEvent(
            """
            {"type":"track_id_bind","event":"$BindID","distinct_id":"x","time":%d,"properties":{},
             "identities":{"$identity_login_id":"ann","$identity_mobile":"138"}}
            """
                .formatted(TIME));

    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
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
        door.sensorsEvent(
            "{\"type\":\"track\",\"event\":\"A\",\"time\":" + TIME + "," + record.substring(1));

    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity(login, device, false));
  }

  @Test
  void keepsAnEventAboutNobodyAside() {
    assertThat(
            door.sensors(
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
        door.sensorsEvent(
            "{\"type\":\"track_id_unbind\",\"event\":\"$UnbindID\",\"distinct_id\":\"x\",\"time\":%d,\"identities\":%s}"
                .formatted(TIME, identities));

    assertThat(event.name()).isEqualTo("$UnbindID");
    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity(login, device, Identity.Link.UNBIND));
  }

  @Test
  void unbindsOneIdAtATime() {
    assertThat(
            door.sensors(
                    "{\"type\":\"track_id_unbind\",\"time\":%d,\"identities\":{\"$identity_login_id\":\"a\",\"$identity_mobile\":\"1\"}}"
                        .formatted(TIME))
                .quarantined())
        .containsOnlyKeys(QuarantineReason.FIELD_INVALID);
  }

  @Test
  void keepsIdentitiesThatDoNotLeadToTheUser() {
    Event event =
        door.sensorsEvent(
            """
            {"type":"track","event":"A","distinct_id":"$identity_member+m1","login_id":"$identity_member+m1","time":%d,
             "identities":{"$identity_member":"m1","$identity_email":"a@b.c","$identity_android_id":"d1"}}
            """
                .formatted(TIME));

    assertThat(event.source().identity())
        .usingRecursiveComparison()
        .ignoringFields("keyed")
        .isEqualTo(new Identity("$identity_member+m1", "d1", false));
    assertThat(event.properties())
        .isEqualTo(Map.of("$identity_member", "m1", "$identity_email", "a@b.c"));
  }
}
