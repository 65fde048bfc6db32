package io.tenure.collector.api;

import static io.tenure.collector.api.TestIntake.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By what a record is recognised that is sent again. */
final class RepetitionsTest {

  private final TestIntake door = new TestIntake();

  @Test
  void findsASensorsRecordSentAgain() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":5,\"time\":%d,\"_flush_time\":%d}";

    assertThat(door.sensors(record.formatted(TIME, 1)).accepted()).isEqualTo(1);
    assertThat(door.sensors(record.formatted(TIME, 2)).duplicate()).isEqualTo(1);
    assertThat(door.sensors(record.formatted(TIME + 1, 2)).accepted()).isEqualTo(1);
  }

  @Test
  void tellsRecordsWithoutTrackIdApartByTheirProperties() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":{\"n\":%d}}";

    assertThat(door.sensors(record.formatted(TIME, 1)).accepted()).isEqualTo(1);
    assertThat(door.sensors(record.formatted(TIME, 2)).accepted()).isEqualTo(1);
    assertThat(door.sensors(record.formatted(TIME, 2)).duplicate()).isEqualTo(1);
  }

  @Test
  void tellsLongTrackIdsApart() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":%s,\"time\":"
            + TIME
            + "}";

    assertThat(door.sensors(record.formatted("9223372036854775806")).accepted()).isEqualTo(1);
    assertThat(door.sensors(record.formatted("9223372036854775807")).accepted()).isEqualTo(1);
    assertThat(door.sensors(record.formatted("9223372036854775807")).duplicate()).isEqualTo(1);
    assertThat(door.sensors(record.formatted("-2147483648")).accepted()).isEqualTo(1);
  }

  @Test
  void findsARecordAgainThoughItsClockWasCorrectedOtherwise() {
    String record =
        "{\"type\":\"track\",\"event\":\"A\",\"distinct_id\":\"d\",\"_track_id\":5,\"time\":%d,\"_flush_time\":%d}";

    assertThat(door.sensors(record.formatted(TIME - 10_000_000, TIME - 3_600_000)).accepted())
        .isEqualTo(1);
    assertThat(door.sensors(record.formatted(TIME - 10_000_000, TIME - 7_200_000)).duplicate())
        .isEqualTo(1);
  }

  @Test
  void countsSegmentEventsWithoutIdAndTimeSingly() {
    String body = "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"ann\"}]}";

    assertThat(door.segmentBatch(body, false).accepted()).isEqualTo(1);
    assertThat(door.segmentBatch(body, false).accepted()).isEqualTo(1);
  }
}
