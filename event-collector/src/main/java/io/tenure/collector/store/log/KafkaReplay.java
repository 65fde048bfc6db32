package io.tenure.collector.store.log;

import static io.tenure.collector.store.log.RocksTables.bytes;
import static io.tenure.collector.store.log.RocksTables.number;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Brings the local copy up to what is in Kafka: its tail, or all of it when the copy is new. */
final class KafkaReplay {

  private static final Duration POLL = Duration.ofMillis(200);

  private final RocksTables tables;
  private final RocksJournal local;
  private final Consumer<byte[], byte[]> consumer;

  KafkaReplay(RocksTables tables, RocksJournal local, Consumer<byte[], byte[]> consumer) {
    this.tables = tables;
    this.local = local;
    this.consumer = consumer;
  }

  /** The state first, so that it is known which records are trimmed. */
  void run(TopicPartition records, TopicPartition state) throws RocksDBException {
    read(state, KafkaJournal.STATE_READ);
    read(records, KafkaJournal.RECORDS_READ);
  }

  private void read(TopicPartition partition, String name) throws RocksDBException {
    consumer.assign(List.of(partition));
    long end = end(consumer.endOffsets(List.of(partition)), partition);
    long begin = end(consumer.beginningOffsets(List.of(partition)), partition);
    long from = readBefore(name);
    if (from > end) {
      throw new IllegalStateException(
          "Kafka has lost acknowledged records of %s: it ends at %d, the local copy at %d"
              .formatted(partition, end, from));
    }
    consumer.seek(partition, Math.max(from, begin));
    long trimmed = OpenLog.trimmed(tables);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        LogWrite write =
            name.equals(KafkaJournal.STATE_READ) ? row(message) : chunk(message, trimmed);
        write.put(Family.META, bytes(name), bytes(message.offset() + 1));
        local.write(write, false);
      }
    }
  }

  private static LogWrite row(ConsumerRecord<byte[], byte[]> message) {
    LogWrite write = new LogWrite(message.timestamp(), 0, new boolean[0]);
    byte[] key = message.key();
    int slash = 0;
    while (key[slash] != '/') {
      slash++;
    }
    Family family = Family.valueOf(new String(key, 0, slash, StandardCharsets.UTF_8));
    byte[] row = Arrays.copyOfRange(key, slash + 1, key.length);
    byte @Nullable [] value = message.value();
    if (value == null) {
      write.delete(family, row);
    } else {
      write.put(family, row, value);
    }
    return write;
  }

  /** Trimmed records come back into the database only as fingerprints. */
  private static LogWrite chunk(ConsumerRecord<byte[], byte[]> message, long trimmed) {
    LogWrite write = KafkaChunk.decode(message.value()).write();
    if (!write.added().isEmpty() && write.lastOffset() <= trimmed) {
      write.trim(write.lastOffset());
    }
    return write;
  }

  private long readBefore(String name) throws RocksDBException {
    byte @Nullable [] row = tables.meta(name);
    return row == null ? 0 : number(row, 0);
  }

  private static long end(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    @Nullable Long offset = offsets.get(partition);
    return offset == null ? 0 : offset;
  }
}
