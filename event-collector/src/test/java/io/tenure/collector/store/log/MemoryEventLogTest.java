package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.EventLog;
import java.time.Clock;

final class MemoryEventLogTest extends EventLogContract {

  @Override
  EventLog open(Clock clock) {
    return new MemoryEventLog(clock, WINDOW);
  }
}
