package io.tenure.collector.store.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Deletes messages nobody needs any more: whose records every reader took, and which are older than
 * the time records are remembered, since a lost local copy finds its fingerprints in them. It reads
 * each message once more to see that, which is cheaper than a map of all messages.
 */
final class KafkaTrimming {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int TIMEOUT_MILLIS = 10_000;

  private final KafkaClients clients;

  KafkaTrimming(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * Deletes what may go, as much as can be looked at in a while.
   *
   * @param trimmed last offset of the log no reader needs
   * @param remembered from when on records must be recognised
   * @throws KafkaException when Kafka does not answer
   */
  void run(long trimmed, Instant remembered) {
    TopicPartition records = clients.records();
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      consumer.assign(List.of(records));
      consumer.seekToBeginning(List.of(records));
      long begin = consumer.position(records);
      long keep = firstToKeep(consumer, records, trimmed, remembered.toEpochMilli());
      if (keep > begin) {
        delete(records, keep);
      }
    }
  }

  private static long firstToKeep(
      Consumer<byte[], byte[]> consumer, TopicPartition records, long trimmed, long remembered) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < deadline) {
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        KafkaChunk chunk = KafkaChunk.decode(message.value());
        long last = chunk.first() + chunk.added().size() - 1;
        if (last > trimmed || chunk.time() >= remembered) {
          return message.offset();
        }
      }
      if (messages.isEmpty()) {
        break;
      }
    }
    return consumer.position(records);
  }

  private void delete(TopicPartition records, long before) {
    try (Admin admin = clients.admin()) {
      admin
          .deleteRecords(Map.of(records, RecordsToDelete.beforeOffset(before)))
          .all()
          .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException exception) {
      throw new KafkaException("Kafka does not delete records", exception.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException("Kafka does not answer", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interrupted);
    }
  }
}
