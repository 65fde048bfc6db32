package io.tenure.collector.store.log;

import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

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

  private final KafkaTrimming trimming;
  private final Duration remembered;
  private final Clock clock;

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
    this.trimming = new KafkaTrimming(new KafkaClients(settings));
    this.remembered = settings.duplicateWindow();
    this.clock = clock;
  }

  /** First what is read, on the record; then what only lay there to be read again. */
  @Override
  public void trim(List<Reader> readers, Instant confirmedBefore) {
    super.trim(readers, confirmedBefore);
    try {
      trimming.run(trimmed(), clock.instant().minus(remembered));
    } catch (KafkaException exception) {
      throw Failure.unavailable("Kafka does not answer", Duration.ofSeconds(10), exception);
    }
  }

  /** Kafka keeps what it has until its own time is over. */
  @Override
  public long erase(Function<LogRecord, Optional<String>> owner) {
    return 0;
  }

  @Override
  public String remark() {
    return "Records in the Kafka topic of the log can't be changed; they end with the topic's"
        + " retention, and are not delivered again";
  }

  /** The records lie in Kafka; a copy of the state alone would say that they were delivered. */
  @Override
  public void copyTo(Path directory) {
    throw Failure.of(
        Reason.FAILED_PRECONDITION, "A log in Kafka is backed up by the means of Kafka");
  }
}
