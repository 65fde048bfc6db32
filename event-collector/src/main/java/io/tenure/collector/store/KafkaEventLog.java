package io.tenure.collector.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The log on Kafka: what is acknowledged lies on several machines. Each collector writes one
 * partition alone; a local database holds a copy for reading, the index of what was seen, cursors
 * and counts, and is read from Kafka again when it is lost. A record sent to two collectors is
 * known to neither as a duplicate; the event store replaces its row.
 */
public final class KafkaEventLog extends DurableEventLog {

  /**
   * What a log needs to know.
   *
   * @param servers bootstrap servers
   * @param topic for the records; the state goes to the same name with {@code -state}
   * @param instance number of this collector, from 0; its partition
   * @param instances how many collectors there are; partitions of a topic that is made here
   * @param replicas of a topic that is made here
   * @param client further settings of the Kafka client, for example for TLS
   * @param directory of the local copy; one process at a time
   * @param duplicateWindow how long a record is remembered
   * @param diskReserve free bytes below which nothing is taken
   * @param queue most requests waiting to be written
   * @param patience how long a request waits to be written
   */
  public record Settings(
      String servers,
      String topic,
      int instance,
      int instances,
      short replicas,
      Map<String, String> client,
      Path directory,
      Duration duplicateWindow,
      long diskReserve,
      int queue,
      Duration patience) {}

  /** A log that opens in the background, as soon as Kafka answers. */
  public KafkaEventLog(Settings settings, Clock clock) {
    super(
        new LogWriter(
            new KafkaOpening(settings),
            null,
            "The log waits for Kafka",
            new DiskReserve(settings.directory(), settings.diskReserve()),
            clock,
            settings.queue(),
            settings.patience()),
        clock);
  }
}
