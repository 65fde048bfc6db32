package io.tenure.collector.store;

import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.relay.EventStore.StoredEvent;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.clickhouse.RowOutput;
import java.util.List;

/**
 * An event on its way into the table {@code events}.
 *
 * @param finalNumber whom it counts for when its user was merged for good; else 0
 */
record EventRow(String logId, StoredEvent stored, int finalNumber) {

  /** The columns a batch writes; a new one needs its line here and its migration. */
  static final List<Column<EventRow>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.source().project().value())),
          new Column<>("name", (row, out) -> out.text(row.event().name())),
          new Column<>("event_time", (row, out) -> out.milliseconds(row.source().eventTime())),
          new Column<>(
              "original_time", (row, out) -> out.milliseconds(row.source().originalTime())),
          new Column<>("receive_time", (row, out) -> out.milliseconds(row.source().receiveTime())),
          new Column<>("user_number", (row, out) -> out.number32(row.stored().userNumber())),
          new Column<>("final_number", (row, out) -> out.number32(row.finalNumber())),
          new Column<>("event_id", (row, out) -> out.text(row.source().eventId().value())),
          new Column<>("event_key", (row, out) -> out.number64(row.event().fingerprint().low())),
          new Column<>("login_id", (row, out) -> out.text(row.source().identity().loginId())),
          new Column<>(
              "anonymous_id", (row, out) -> out.text(row.source().identity().anonymousId())),
          new Column<>("library", (row, out) -> out.text(row.source().library())),
          new Column<>(
              "properties", (row, out) -> out.map(row.event().properties(), RowOutput::text)),
          new Column<>("log_id", (row, out) -> out.text(row.logId())),
          new Column<>("log_offset", (row, out) -> out.number64(row.stored().offset())));

  private Event event() {
    return stored.event();
  }

  private Source source() {
    return stored.event().source();
  }
}
