package io.tenure.collector.store;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.quarantined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.record.LogRecord;
import java.util.List;
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
  void refusesAVersionItDoesNotKnow() {
    byte[] bytes = RecordCodec.encode(event(BANK, "1"));
    bytes[0] = 9;

    assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("version 9");
  }
}
