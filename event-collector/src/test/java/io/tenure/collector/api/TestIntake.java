package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.ProjectChoice;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.TimeWindow;
import io.tenure.collector.domain.intake.ValueRule;
import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.store.log.MemoryEventLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A door, its intake and a log in memory: from the bytes of a protocol to what lies in the log. */
final class TestIntake {

  /** When the device says that something happened, a second before it arrives. */
  static final long TIME = NOON.toEpochMilli() - 1000;

  private final MemoryEventLog log =
      new MemoryEventLog(Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofDays(7));
  private final Intake intake =
      new Intake(
          new Shape(Limits.DEFAULT),
          List.of(
              new NameRule(Limits.DEFAULT),
              new ValueRule(Limits.DEFAULT),
              new TimeWindow(Duration.ofDays(730), Duration.ofHours(1)),
              new IdentityRule()),
          log,
          receipt -> {});
  private final Bodies bodies = new Bodies(1 << 20, 8 << 20, 64 << 20);

  MemoryEventLog log() {
    return log;
  }

  LogRecord.Item item(String record) {
    assertThat(sensors(record.formatted(TIME)).accepted()).isEqualTo(1);
    return (LogRecord.Item) last();
  }

  List<TraitChange> changes(String type, String properties) {
    sensors(
        "{\"type\":\"%s\",\"distinct_id\":\"d\",\"time\":%d,\"properties\":%s}"
            .formatted(type, TIME, properties));
    return ((ProfileChange) last()).changes();
  }

  Event sensorsEvent(String record) {
    assertThat(sensors(record).accepted()).isEqualTo(1);
    return (Event) last();
  }

  Receipt sensors(String json) {
    return sensors(new Arrival(BANK, NOON), "", json);
  }

  Receipt sensors(Arrival arrival, String urlProject, String json) {
    byte[] form = SensorsForms.packed(json).getBytes(UTF_8);
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(form))) {
      List<Draft> drafts =
          new SensorsDecoder(arrival)
              .decode(FormFields.parse(body.content()), body::inflate).stream()
                  .map(draft -> draft.sharing(ProjectChoice.REQUEST_PROJECT, urlProject))
                  .toList();
      return intake.take(BANK, drafts);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  LogRecord segment(String record) {
    Receipt receipt =
        segmentBatch(
            "{\"batch\":[%s],\"context\":{\"os\":{\"name\":\"Linux\"},\"library\":{\"name\":\"analytics-node\",\"version\":\"3.1.0\"}}}"
                .formatted(record),
            false);
    assertThat(receipt.accepted()).isEqualTo(1);
    return last();
  }

  Receipt segmentBatch(String body, boolean retry) {
    return intake.take(
        BANK,
        new SegmentDecoder(new Arrival(BANK, Set.of(), NOON, "", "", retry))
            .batch(body.getBytes(UTF_8)));
  }

  /** The last record of either lane. */
  LogRecord last() {
    return Stream.of(Reader.EVENTS, Reader.QUARANTINE)
        .flatMap(reader -> read(reader).stream())
        .max(Comparator.comparingLong(Batch.Entry::offset))
        .orElseThrow()
        .record();
  }

  List<Batch.Entry> read(Reader reader) {
    return log.next(reader, new BatchLimit(1000, Long.MAX_VALUE)).stream()
        .peek(batch -> log.confirm(reader, batch))
        .flatMap(batch -> batch.entries().stream())
        .toList();
  }
}
