package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.QuarantineReason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which project a record goes into. */
final class ProjectChoiceTest {

  private final TestIntake door = new TestIntake();

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

    Receipt first = door.sensors(arrival, "", body);
    assertThat(first.accepted()).isEqualTo(2);
    assertThat(first.duplicate()).isEqualTo(1);
    assertThat(first.quarantined())
        .isEqualTo(Map.of(QuarantineReason.PROJECT_MISMATCH, 1, QuarantineReason.TYPE_UNKNOWN, 1));
    Receipt second = door.sensors(arrival, "shop", body);
    assertThat(second.accepted()).isZero();
    assertThat(second.duplicate()).isEqualTo(5);

    assertThat(door.log().counts(SHOP).accepted()).isEqualTo(1);
    assertThat(door.log().counts(SHOP).quarantined()).isEqualTo(Map.of("TYPE_UNKNOWN", 1L));
    assertThat(door.log().counts(SHOP).duplicate()).isEqualTo(3);
    assertThat(door.log().counts(BANK).accepted()).isEqualTo(1);
    assertThat(door.log().counts(BANK).quarantined()).isEqualTo(Map.of("PROJECT_MISMATCH", 1L));
    assertThat(door.log().counts(BANK).duplicate()).isEqualTo(3);
  }

  @Test
  void letsTheAddressNameTheProjectOfRecordsThatNameNone() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d}".formatted(TIME);
    Arrival arrival = new Arrival(BANK, Set.of(SHOP), NOON, "", "", false);

    assertThat(door.sensors(arrival, "shop", record).accepted()).isEqualTo(1);
    assertThat(door.last().project()).isEqualTo(SHOP);
    assertThat(door.sensors(arrival, "default", record).accepted()).isEqualTo(1);
    assertThat(door.last().project()).isEqualTo(BANK);
    assertThat(door.sensors(arrival, "else", record).quarantined())
        .containsOnlyKeys(QuarantineReason.PROJECT_MISMATCH);
    assertThat(door.last().project()).isEqualTo(BANK);
  }
}
