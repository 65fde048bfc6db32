package io.tenure.collector.store.log;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.change;
import static io.tenure.collector.domain.Records.event;
import static io.tenure.collector.domain.Records.item;
import static io.tenure.collector.domain.Records.quarantined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {

  @Test
  void readsWhatItWrote() {
    for (LogRecord record :
        List.of(
            event(BANK, "1"),
            change(BANK, "2"),
            item(BANK, "3", false),
            item(BANK, "4", true),
            corrected(),
            quarantined(BANK, "x".repeat(100_000)))) {
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

  /** As logs written before times were corrected and ids unbound hold them. */
  @Test
  void readsRecordsOfTheFirstVersion() {
    Source source =
        new Source(
            BANK,
            new EventId("1"),
            new Identity("ann", "d", true),
            NOON.minusSeconds(60),
            NOON,
            "Java 3.4.0");
    String head =
        "0000019ecb27227b" // receive time
            + "0462616e6b" // bank
            + "0131" // event id
            + "03616e6e" // ann
            + "0164" // d
            + "01" // bind
            + "0000019ecb26381b" // event time
            + "0a4a61766120332e342e30"; // library

    assertThat(decode("0101" + head + "014101016b0176"))
        .isEqualTo(new Event(source, "A", Map.of("k", "v")));
    assertThat(decode("0102" + head + "010353455401630131"))
        .isEqualTo(
            new ProfileChange(
                source, List.of(new TraitChange(TraitChange.Operation.SET, "c", "1"))));
  }

  /** A name the list of reasons no longer has must not stop the relay. */
  @Test
  void readsAReasonThatNoLongerOccurs() {
    byte[] text = "ITEM_NOT_SUPPORTED_YET".getBytes(StandardCharsets.UTF_8);
    String reason = "%02x".formatted(text.length) + HexFormat.of().formatHex(text);

    LogRecord record =
        decode(
            "01030000019ecb27227b" + "0462616e6b" + "0753454e534f5253" + reason + "00" + "027b7d");

    assertThat(((Quarantined) record).reason()).isEqualTo(QuarantineReason.TYPE_UNKNOWN);
  }

  private static LogRecord decode(String hex) {
    return RecordCodec.decode(HexFormat.of().parseHex(hex));
  }

  private static LogRecord corrected() {
    Source source =
        new Source(
            BANK,
            new EventId("5"),
            new Identity("", "device-1", Identity.Link.UNBIND),
            NOON.minusSeconds(60),
            NOON.minusSeconds(3660),
            NOON,
            "");
    return new Event(source, "$UnbindID", Map.of());
  }

  @Test
  void readsIdsUnderTheirOwnKeys() {
    LogRecord record =
        new Event(
            new Source(
                BANK,
                new EventId("6"),
                new Identity(
                    "",
                    "union:ü",
                    Identity.Link.NONE,
                    List.of(new KeyedId("union", "ü"), new KeyedId("$identity_email", "a@b"))),
                NOON,
                NOON,
                "JS 1"),
            "A",
            Map.of("k", "v"));

    byte[] bytes = RecordCodec.encode(record);

    assertThat(bytes[0]).isEqualTo((byte) 3);
    assertThat(RecordCodec.decode(bytes)).isEqualTo(record);
  }

  @Test
  void writesRecordsWithoutSuchIdsAsBefore() {
    assertThat(RecordCodec.encode(event(BANK, "1"))[0]).isEqualTo((byte) 2);
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    byte[] bytes = RecordCodec.encode(event(BANK, "1"));
    bytes[0] = 9;

    assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("version 9");
  }
}
