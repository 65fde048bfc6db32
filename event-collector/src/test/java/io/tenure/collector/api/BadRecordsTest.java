package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.RefuseReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to records that can't be accepted, and to those beside them. */
final class BadRecordsTest {

  private final TestIntake door = new TestIntake();

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

    Receipt receipt = door.sensors(json);

    assertThat(receipt.quarantined()).isEqualTo(Map.of(reason, 1));
    Quarantined aside = (Quarantined) door.last();
    assertThat(new String(aside.original(), UTF_8)).isEqualTo(json);
    assertThat(aside.detail()).isNotBlank();
  }

  @Test
  void acceptsTheGoodRecordsBesideABadOne() {
    Receipt receipt =
        door.sensors(
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

    assertThat(door.sensors(record.formatted(TIME, "x".repeat(9000))).quarantined())
        .containsOnlyKeys(QuarantineReason.VALUE_TOO_LONG);
    assertThat(door.sensors(record.formatted(TIME, "x".repeat(40_000))).quarantined())
        .containsOnlyKeys(QuarantineReason.RECORD_TOO_LARGE);
    assertThat(door.sensors(record.formatted(TIME, "x".repeat(2 << 20))).refused())
        .containsOnlyKeys(RefuseReason.RECORD_FAR_TOO_LARGE);
  }
}
