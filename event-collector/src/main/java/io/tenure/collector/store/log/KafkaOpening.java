package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a partition over and brings the local copy up to it. Taking over fences whoever wrote
 * before; a collector that was fenced finds another owner's name and stays out.
 */
final class KafkaOpening implements LogWriter.Opener {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaOpening.class);
  private static final String OWNER = "owner";

  private final KafkaEventLog.Settings settings;
  private final KafkaClients clients;
  private final String self = UUID.randomUUID().toString();
  private boolean claimed;

  KafkaOpening(KafkaEventLog.Settings settings) {
    this.settings = settings;
    this.clients = new KafkaClients(settings);
    try {
      LogFormat.check(settings.directory());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Override
  public OpenLog open() throws RocksDBException, IOException {
    clients.prepareTopics();
    RocksTables tables = openLocal();
    @Nullable Producer<byte[], byte[]> producer = null;
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      SeenBefore seen = new SeenBefore(tables, settings.duplicateWindow());
      RocksJournal local = new RocksJournal(tables, seen, RocksJournal.Disk.REAL);
      TopicPartition records = clients.records();
      TopicPartition state = clients.state();
      KafkaReplay replay = new KafkaReplay(tables, local, consumer);
      replay.run(records, state);
      if (claimed && !self.equals(text(tables, OWNER))) {
        throw new IllegalStateException(
            "Another collector has taken over partition " + settings.instance());
      }
      producer = clients.producer();
      producer.initTransactions();
      replay.run(records, state);
      KafkaJournal journal = new KafkaJournal(producer, records, state, local);
      String id = claim(tables, journal);
      return new OpenLog(id, tables, seen, journal);
    } catch (RocksDBException | RuntimeException exception) {
      if (producer != null) {
        producer.close(java.time.Duration.ZERO);
      }
      tables.close();
      throw exception;
    }
  }

  private String claim(RocksTables tables, KafkaJournal journal) throws RocksDBException {
    @Nullable String known = text(tables, OpenLog.ID);
    String id = known == null ? UUID.randomUUID().toString() : known;
    LogWrite write = new LogWrite(0, 0, new boolean[0]);
    write.put(Family.META, bytes(OpenLog.ID), bytes(id));
    write.put(Family.META, bytes(OWNER), bytes(self));
    write.mustLast();
    journal.write(write);
    claimed = true;
    return id;
  }

  private static @Nullable String text(RocksTables tables, String name) throws RocksDBException {
    byte @Nullable [] row = tables.meta(name);
    return row == null ? null : new String(row, StandardCharsets.UTF_8);
  }

  /** A damaged copy is thrown away: Kafka has everything. */
  private RocksTables openLocal() throws RocksDBException, IOException {
    try {
      return new RocksTables(settings.directory());
    } catch (RocksDBException exception) {
      if (!Damage.is(exception)) {
        throw exception;
      }
      LOG.error("The local copy of the log is damaged; it is read from Kafka again", exception);
      delete(settings.directory());
      return new RocksTables(settings.directory());
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
