package io.tenure.collector.store.log;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Receipt;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Appends as fast as it can and prints the id of each acknowledged record, until it is killed. */
final class KilledWriter {

  private KilledWriter() {}

  public static void main(String[] arguments) {
    EventLog log =
        new RocksEventLog(
            new RocksEventLog.Settings(
                Path.of(arguments[0]), Duration.ofDays(7), 0, 1024, Duration.ofSeconds(30)),
            Clock.systemUTC());
    AtomicLong ids = new AtomicLong(Long.parseLong(arguments[1]));
    for (int i = 0; i < 8; i++) {
      Thread.ofPlatform().start(() -> appendForever(log, ids));
    }
  }

  private static void appendForever(EventLog log, AtomicLong ids) {
    while (true) {
      String id = "e" + ids.incrementAndGet();
      Receipt receipt =
          log.append(Records.submission(Records.BANK, Records.event(Records.BANK, id)));
      if (receipt.accepted() == 1) {
        System.out.println(id);
      }
    }
  }
}
