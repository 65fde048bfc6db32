package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the triggers of Sensors' A/B SDKs. */
final class SensorsTriggerTest {

  private static final String ANN = "\"distinct_id\":\"ann\",\"login_id\":\"ann\"";
  private static final String DEVICE = "\"distinct_id\":\"d1\"";

  private final TestIntake door = new TestIntake();
  private int records;

  private Event sent(String event, String ids, String properties) {
    return door.sensorsEvent(
        """
        {"type":"track","event":"%s",%s,"time":%d,"_track_id":%d,"properties":{%s}}
        """
            .formatted(event, ids, TIME, records++, properties));
  }

  private static String dealt(String experiment, String variant) {
    return "\"$abtest_experiment_id\":\"%s\",\"$abtest_experiment_group_id\":\"%s\""
        .formatted(experiment, variant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$ABTestTrigger", "$WebABTestTrigger", "WebABTestTrigger"})
  void becomeExposures(String name) {
    Event event = sent(name, ANN, dealt("button.test-a#2", "big") + ",\"$os\":\"iOS\"");

    assertThat(event.name()).isEqualTo("experiment_exposure");
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "experiment", "button.test-a",
                "phase", "2",
                "variant", "big",
                "unit_type", "user",
                "unit", "ann",
                "$abtest_experiment_id", "button.test-a#2",
                "$abtest_experiment_group_id", "big",
                "$os", "iOS"));
    assertThat(event.source().identity().loginId()).isEqualTo("ann");
  }

  @ParameterizedTest
  @CsvSource({
    "1025, 3",
    "button, big",
    "#1, big",
    "button#, big",
    "button#x, big",
    "b#1@team, big"
  })
  void stayWhatTheyAreWhenTheirIdsAreNotOurs(String experiment, String variant) {
    Event event = sent("$ABTestTrigger", ANN, dealt(experiment, variant));

    assertThat(event.name()).isEqualTo("$ABTestTrigger");
    assertThat(event.properties()).hasSize(2).doesNotContainKey("experiment");
  }

  @Test
  void stayWhatTheyAreWithoutAVariant() {
    assertThat(sent("$ABTestTrigger", ANN, "\"$abtest_experiment_id\":\"t#1\"").name())
        .isEqualTo("$ABTestTrigger");
    assertThat(sent("$ABTestTrigger", ANN, dealt("t#1", "")).name()).isEqualTo("$ABTestTrigger");
  }

  @Test
  void leaveOtherEventsAlone() {
    assertThat(sent("Transfer", ANN, dealt("t#1", "big")).name()).isEqualTo("Transfer");
  }

  @Test
  void areAboutTheDeviceBeforeALogin() {
    assertThat(sent("$ABTestTrigger", DEVICE, dealt("t#1", "big")).properties())
        .containsEntry("unit", "d1")
        .containsEntry("unit_type", "user");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device    | \"distinct_id\":\"d1\"                        | \"a\":1                     |"
            + " d1",
        "device    | \"distinct_id\":\"ann\",\"login_id\":\"ann\" | \"anonymous_id\":\"d2\"     |"
            + " d2",
        "account   | \"distinct_id\":\"ann\",\"login_id\":\"ann\" | \"account_id\":\"A-1\"      |"
            + " A-1",
        "household | \"distinct_id\":\"ann\",\"login_id\":\"ann\" | \"household_id\":\"H-1\"    |"
            + " H-1"
      })
  void findTheUnitAmongTheIdsOfTheTrigger(String type, String ids, String properties, String unit) {
    assertThat(
            sent("$ABTestTrigger", ids, dealt("t#1@" + type, "big") + "," + properties)
                .properties())
        .containsEntry("unit_type", type)
        .containsEntry("unit", unit)
        .containsEntry("experiment", "t");
  }

  @Test
  void stayWhatTheyAreWhenTheirUnitIsNotKnown() {
    assertThat(sent("$ABTestTrigger", ANN, dealt("t#1@account", "big")).name())
        .isEqualTo("$ABTestTrigger");
    assertThat(
            sent("$ABTestTrigger", ANN + ",\"anonymous_id\":\"\"", dealt("t#1@device", "big"))
                .name())
        .isEqualTo("$ABTestTrigger");
  }

  @Test
  void takeTheUnitFromTheResultThatIsSentBack() {
    String result = ",\"$abtest_experiment_result_id\":\"t#1@account/big/A/1\"";

    assertThat(sent("$ABTestTrigger", ANN, dealt("t#1@account", "big") + result).properties())
        .containsEntry("unit", "A/1");
    assertThat(sent("$ABTestTrigger", ANN, dealt("t#1", "small") + result).properties())
        .containsEntry("unit", "ann");
  }

  /** As phones say it when somebody signed in or out between the request and the trigger. */
  @Test
  void areAboutWhoWasDealt() {
    Event event =
        sent(
            "$ABTestTrigger",
            "\"distinct_id\":\"bob\",\"login_id\":\"bob\",\"anonymous_id\":\"d1\"",
            dealt("t#1", "big")
                + ",\"$abtest_distinct_id\":\"ann\",\"$abtest_login_id\":\"ann\",\"$abtest_anonymous_id\":\"d1\"");

    assertThat(event.source().identity()).isEqualTo(new Identity("ann", "d1", false));
    assertThat(event.properties()).containsEntry("unit", "ann");
  }

  @Test
  void areKnownAgainUnderTheNameTheyHad() {
    String record =
        """
        {"type":"track","event":"$ABTestTrigger",%s,"time":%d,"_track_id":7,"properties":{%s}}
        """
            .formatted(ANN, TIME, dealt("t#1", "big"));

    assertThat(door.sensors(record).accepted()).isEqualTo(1);
    assertThat(door.sensors(record).duplicate()).isEqualTo(1);
  }

  @Test
  void winOverWhatAnAppCallsTheSame() {
    assertThat(
            sent("$ABTestTrigger", ANN, dealt("t#1", "big") + ",\"variant\":\"mine\"").properties())
        .containsEntry("variant", "big");
  }
}
