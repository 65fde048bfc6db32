package io.tenure.collector;

import io.tenure.collector.domain.column.ColumnRule;
import io.tenure.collector.domain.enrichment.KeptAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the collector is set up.
 *
 * @param dataDirectory where the log lies; one process at a time
 * @param pastWindow how old an event may be; history is imported through the same door
 * @param futureWindow how far ahead a device's clock may be
 * @param dedupWindow how long a record is remembered, to recognise it when it is sent again
 * @param diskReserve free space below which nothing is taken
 * @param sensorsPaths further paths of the Sensors protocol, for example {@code /bank/sa}
 * @param headerPatience how long the header of a request may take
 * @param bodyPatience how long a body may make no progress
 * @param limits sizes
 * @param catalogue how many names a project may have
 * @param log the writing of the log
 * @param relay the delivery to the stores
 * @param canary the event sent again and again to see that events arrive
 * @param enrichment what is added to events
 * @param columns properties of events with columns of their own
 * @param secretKey 32 bytes in Base64 that seal the private parts of encryption keys; without it
 *     none can be made
 */
@Validated
@ConfigurationProperties("tenure.collector")
public record CollectorProperties(
    @NotNull Path dataDirectory,
    @DefaultValue("14610d") Duration pastWindow,
    @DefaultValue("1h") Duration futureWindow,
    @DefaultValue("7d") Duration dedupWindow,
    @DefaultValue("512MB") DataSize diskReserve,
    @DefaultValue List<@Pattern(regexp = "(/[A-Za-z0-9._-]+)+") String> sensorsPaths,
    @DefaultValue("10s") Duration headerPatience,
    @DefaultValue("15s") Duration bodyPatience,
    @DefaultValue @Valid Limits limits,
    @DefaultValue @Valid Catalogue catalogue,
    @DefaultValue @Valid Log log,
    @DefaultValue @Valid Relay relay,
    @DefaultValue @Valid Canary canary,
    @DefaultValue @Valid Enrichment enrichment,
    @DefaultValue @Valid Columns columns,
    @DefaultValue("") String secretKey) {

  /**
   * Sizes.
   *
   * @param body largest body as sent
   * @param inflatedBody largest body after unpacking
   * @param inFlight bodies held at a time, all requests together
   * @param record largest accepted record
   * @param keptRecord largest record kept in quarantine
   * @param properties most properties of a record
   * @param valueLength longest value, in characters
   * @param nameLength longest name, in characters
   */
  public record Limits(
      @DefaultValue("1MB") DataSize body,
      @DefaultValue("8MB") DataSize inflatedBody,
      @DefaultValue("128MB") DataSize inFlight,
      @DefaultValue("32KB") DataSize record,
      @DefaultValue("1MB") DataSize keptRecord,
      @DefaultValue("300") @Positive int properties,
      @DefaultValue("8192") @Positive int valueLength,
      @DefaultValue("100") @Positive int nameLength) {

    /** Those of a record. */
    io.tenure.collector.domain.dialect.Limits ofRecords() {
      return new io.tenure.collector.domain.dialect.Limits(
          Math.toIntExact(record.toBytes()),
          Math.toIntExact(keptRecord.toBytes()),
          properties,
          valueLength,
          nameLength);
    }
  }

  /**
   * How many different names a project may have, planned ones apart.
   *
   * @param events of events
   * @param properties of properties of events
   * @param traits of traits
   * @param items of properties of items, those of each type apart
   */
  public record Catalogue(
      @DefaultValue("2000") @Positive int events,
      @DefaultValue("5000") @Positive int properties,
      @DefaultValue("2000") @Positive int traits,
      @DefaultValue("5000") @Positive int items) {}

  /**
   * The writing of the log.
   *
   * @param engine where records are kept
   * @param queue most requests waiting to be written
   * @param patience how long a request waits
   * @param kafka for the engine of that name
   */
  public record Log(
      @DefaultValue("rocksdb") Engine engine,
      @DefaultValue("4096") @Positive int queue,
      @DefaultValue("10s") Duration patience,
      @DefaultValue @Valid Kafka kafka) {

    /** The kinds of logs. */
    public enum Engine {
      /** The disk of this machine. */
      ROCKSDB,
      /** Several machines. */
      KAFKA
    }
  }

  /**
   * The log on Kafka.
   *
   * @param servers bootstrap servers
   * @param topic for records; the state goes to the same name with {@code -state}
   * @param instance number of this collector, from 0: its partition, which it alone writes
   * @param instances how many collectors there are; partitions of a topic made here
   * @param replicas of a topic made here; one less must answer for a record to be taken
   * @param client further settings of the Kafka client, for example {@code security.protocol}
   */
  public record Kafka(
      @DefaultValue("127.0.0.1:9094") String servers,
      @DefaultValue("tenure-log") String topic,
      @DefaultValue("0") @PositiveOrZero int instance,
      @DefaultValue("1") @Positive int instances,
      @DefaultValue("3") @Positive short replicas,
      @DefaultValue Map<String, String> client) {}

  /**
   * The delivery to the stores.
   *
   * @param batchRecords most records of a batch
   * @param batchSize size after which a batch takes no more records
   * @param linger how long a small batch waits to become a bigger one
   * @param longestPause longest interval between two attempts
   * @param givesWay while requests wait for the log they go before deliveries, until a record has
   *     waited this long to be delivered
   * @param retention how long delivered records stay in the log
   * @param deadline of a call to profile-service
   */
  public record Relay(
      @DefaultValue("10000") @Positive int batchRecords,
      @DefaultValue("8MB") DataSize batchSize,
      @DefaultValue("200ms") Duration linger,
      @DefaultValue("30s") Duration longestPause,
      @DefaultValue("30s") Duration givesWay,
      @DefaultValue("24h") Duration retention,
      @DefaultValue("30s") Duration deadline) {}

  /**
   * The event sent again and again to see that events arrive.
   *
   * @param interval between the end of one and the next; zero for none
   * @param patience how long one is looked for
   * @param url of the public door it goes through; empty for the collector's own intake
   * @param key for that door, of the project {@code tenure-canary}; also what canaries are known by
   */
  public record Canary(
      @DefaultValue("1m") Duration interval,
      @DefaultValue("30s") Duration patience,
      @DefaultValue("") @Pattern(regexp = "(https?://.+)?") String url,
      @DefaultValue("") String key) {

    /** A public door opens to a key alone. */
    public Canary {
      if (!url.isEmpty() && key.isEmpty()) {
        throw new IllegalArgumentException(
            "tenure.collector.canary.url needs tenure.collector.canary.key, a write key of the"
                + " project tenure-canary");
      }
    }

    /** Keeps the key out of whatever prints the configuration. */
    @Override
    public String toString() {
      return "Canary[interval=%s, patience=%s, url=%s]".formatted(interval, patience, url);
    }
  }

  /**
   * What is added to events.
   *
   * @param ipDatabase a MaxMind DB file; without it no place is added
   * @param languages of the names of places, best first
   * @param ip how much of the sender's address is kept
   */
  public record Enrichment(
      @Nullable Path ipDatabase,
      @DefaultValue({"zh-CN", "en"}) List<String> languages,
      @DefaultValue("truncated") KeptAddress ip) {}

  /**
   * Properties of events with columns of their own.
   *
   * @param most how many there may be, all projects together
   * @param grace how long columns stay that are no longer looked up; longer than any query takes
   * @param automatic which of them nobody has to ask for
   */
  public record Columns(
      @DefaultValue("32") @Positive int most,
      @DefaultValue("10m") Duration grace,
      @DefaultValue @Valid Automatic automatic) {

    /** Readers look up every ten seconds, and a query may have begun just before. */
    public Columns {
      if (grace.compareTo(Duration.ofMinutes(2)) < 0) {
        throw new IllegalArgumentException("tenure.collector.columns.grace is below two minutes");
      }
    }
  }

  /**
   * Columns given to the properties that analyses read most.
   *
   * @param enabled whether any are
   * @param interval between two looks; longer in itself than one takes
   * @param most how many, all projects together
   * @param days that are looked back
   * @param statements that must have read a property in these days
   * @param askedDays on how many days of them
   * @param share part of the last day's events that must have it
   * @param unusedDays after which a column given so goes when nobody reads it
   */
  public record Automatic(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("6h") Duration interval,
      @DefaultValue("16") @PositiveOrZero int most,
      @DefaultValue("14") @Positive @Max(100) int days,
      @DefaultValue("200") @Positive long statements,
      @DefaultValue("3") @Positive int askedDays,
      @DefaultValue("0.01") @PositiveOrZero double share,
      @DefaultValue("60") @Positive @Max(100) int unusedDays) {

    /** When a property is hot. */
    ColumnRule rule() {
      return new ColumnRule(most, days, statements, askedDays, share, unusedDays);
    }
  }
}
