package io.tenure.collector.store;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.QuarantineReason;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {

  @Test
  void readsWhatItWrote() {
    for (LogRecord record :
        List.of(event(BANK, "1"), change(BANK, "2"), quarantined(BANK, "x".repeat(100_000)))) {
      byte[] bytes = RecordCodec.encode(record);

      assertThat(RecordCodec.decode(bytes)).isEqualTo(record);
      assertThat(RecordCodec.receiveTime(bytes)).isEqualTo(NOON);
    }
  }

  @Test
  void readsARecordWithItsContext() {
    Quarantined aside = quarantined(BANK, "{}");
    LogRecord record =
        new Quarantined(
            BANK,
            NOON,
            aside.dialect(),
            aside.reason(),
            aside.detail(),
            aside.original(),
            new QuarantineContext(
                "203.0.113.7", "Bank/7", true, Set.of("shop"), "{\"a\":1}", "买", "Java 3"));

    assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
  }

  /** As logs written before there was a context hold it. */
  @Test
  void readsARecordWithoutContext() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "0103000001"
                    + "9ecb20047b" // receive time
                    + "0462616e6b" // bank
                    + "0753454e534f5253" // SENSORS
                    + "0c545950455f554e4b4e4f574e" // TYPE_UNKNOWN
                    + "0e556e6b6e6f776e20277479706527" // detail
                    + "027b7d");

    assertThat(RecordCodec.decode(bytes))
        .isEqualTo(
            new Quarantined(
                BANK,
                RecordCodec.receiveTime(bytes),
                Dialect.SENSORS,
                QuarantineReason.TYPE_UNKNOWN,
                "Unknown 'type'",
                new byte[] {'{', '}'}));
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    byte[] bytes = RecordCodec.encode(event(BANK, "1"));
    bytes[0] = 9;

    assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("version 9");
  }
}
