package io.tenure.collector.store.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The connections to Kafka, with the settings the log's promise rests on. */
final class KafkaClients {

  private static final int LARGEST_MESSAGE = 8 << 20;
  private static final int TIMEOUT_MILLIS = 10_000;

  private final KafkaEventLog.Settings settings;

  KafkaClients(KafkaEventLog.Settings settings) {
    this.settings = settings;
  }

  TopicPartition records() {
    return new TopicPartition(settings.topic(), settings.instance());
  }

  TopicPartition state() {
    return new TopicPartition(settings.topic() + "-state", settings.instance());
  }

  /** Acknowledged by all in-sync replicas, once, and by nobody who was fenced. */
  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = common();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.topic() + "-" + settings.instance());
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_MESSAGE);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = common();
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Admin admin() {
    return Admin.create(common());
  }

  /** Makes the topics when they are not there. Only we delete records. */
  void prepareTopics() {
    String largest = Integer.toString(LARGEST_MESSAGE);
    try (Admin admin = admin()) {
      create(
          admin,
          records(),
          Map.of(
              TopicConfig.RETENTION_MS_CONFIG,
              "-1",
              TopicConfig.RETENTION_BYTES_CONFIG,
              "-1",
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
              largest));
      create(
          admin,
          state(),
          Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }
  }

  private void create(Admin admin, TopicPartition topic, Map<String, String> config) {
    Map<String, String> all = new HashMap<>(config);
    all.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        Integer.toString(Math.max(1, settings.replicas() - 1)));
    all.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    try {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic.topic(), settings.instances(), settings.replicas())
                      .configs(all)))
          .all()
          .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException exception) {
      if (!(exception.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("Cannot make topic " + topic.topic(), exception.getCause());
      }
    } catch (TimeoutException late) {
      throw new KafkaException("Kafka does not answer", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interrupted);
    }
  }

  private Map<String, Object> common() {
    Map<String, Object> config = new HashMap<>(settings.client());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
    return config;
  }
}
