package io.tenure.segment.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.segment.Bank;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An event of these is received five seconds after it happened. */
final class WatermarkTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-04-03T12:00:00Z"), ZoneOffset.UTC);

  private static Bank bank;

  @BeforeAll
  static void open() {
    bank = Bank.open("watermark");
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void followsWhatIsReceivedAndWhatIsErased() {
    ClickHouseWatermark watermark = new ClickHouseWatermark(bank.clickHouse(), NOW);
    assertThat(watermark.newestReceipt(bank.project(), watermark.version())).isEmpty();

    bank.event(1, "Apply", "2026-01-01T10:00:00Z").store();
    assertThat(watermark.newestReceipt(bank.project(), watermark.version()))
        .contains(at("2026-01-01T10:00:05Z"));

    bank.event(2, "Apply", "2026-04-03T10:00:00Z").store();
    assertThat(watermark.newestReceipt(bank.project(), watermark.version()))
        .contains(at("2026-04-03T10:00:05Z"));
    assertThat(watermark.newestReceipt(bank.project(), watermark.version()))
        .contains(at("2026-04-03T10:00:05Z"));

    bank.clickHouse()
        .execute(
            "DELETE FROM events WHERE user_number = 2 SETTINGS lightweight_deletes_sync = 2",
            Map.of());
    assertThat(watermark.newestReceipt(bank.project(), watermark.version()))
        .contains(at("2026-01-01T10:00:05Z"));
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }
}
