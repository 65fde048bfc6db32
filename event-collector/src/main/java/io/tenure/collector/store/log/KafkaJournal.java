package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Writes one transaction into Kafka, and then the same into the local database. The transaction is
 * the promise; the local copy may be lost and is then read from Kafka again.
 */
final class KafkaJournal implements Journal {

  /** Local rows: up to where the local copy has what is in Kafka. */
  static final String RECORDS_READ = "kafka/records-read";

  static final String STATE_READ = "kafka/state-read";

  private final Producer<byte[], byte[]> producer;
  private final TopicPartition records;
  private final TopicPartition state;
  private final RocksJournal local;

  KafkaJournal(
      Producer<byte[], byte[]> producer,
      TopicPartition records,
      TopicPartition state,
      RocksJournal local) {
    this.producer = producer;
    this.records = records;
    this.state = state;
    this.local = local;
  }

  @Override
  public void write(LogWrite write) throws RocksDBException {
    if (write.isDurable()) {
      send(write);
    }
    local.write(write, false);
  }

  private void send(LogWrite write) {
    @Nullable Future<RecordMetadata> lastRecord = null;
    @Nullable Future<RecordMetadata> lastRow = null;
    producer.beginTransaction();
    for (KafkaChunk chunk : KafkaChunk.of(write)) {
      lastRecord = send(records, null, chunk.encode());
    }
    for (LogWrite.Row row : write.rows()) {
      if (row.family() != Family.CONFIRMED) {
        lastRow = send(state, key(row), row.value());
      }
    }
    producer.commitTransaction();
    noteRead(write, RECORDS_READ, lastRecord);
    noteRead(write, STATE_READ, lastRow);
  }

  private Future<RecordMetadata> send(
      TopicPartition to, byte @Nullable [] key, byte @Nullable [] value) {
    return producer.send(new ProducerRecord<>(to.topic(), to.partition(), key, value));
  }

  private static void noteRead(LogWrite write, String name, @Nullable Future<RecordMetadata> last) {
    if (last != null) {
      write.put(Family.META, bytes(name), bytes(offset(last) + 1));
    }
  }

  /** It is there: the transaction is committed. */
  private static long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException exception) {
      throw new KafkaException(exception.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interrupted);
    }
  }

  /** A row's key in the topic of the state: its family, then its key. */
  private static byte[] key(LogWrite.Row row) {
    byte[] family = bytes(row.family().name() + "/");
    return ByteBuffer.allocate(family.length + row.key().length).put(family).put(row.key()).array();
  }

  @Override
  public void close() {
    local.close();
    producer.close(java.time.Duration.ZERO);
  }
}
