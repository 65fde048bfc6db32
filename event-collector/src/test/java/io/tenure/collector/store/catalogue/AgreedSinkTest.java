package io.tenure.collector.store.catalogue;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.relay.AgreedSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.Sink;
import io.tenure.collector.store.log.MemoryEventLog;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records accepted under a type that lost. */
final class AgreedSinkTest {

  private static final BatchLimit LIMIT = new BatchLimit(100, 4 << 20);

  @TempDir private Path directory;

  private final MutableClock clock = new MutableClock(NOON);
  private final MemoryEventLog log = new MemoryEventLog(clock, Duration.ofDays(7));
  private final Arbiter arbiter = new Arbiter();
  private final List<LogRecord> delivered = new ArrayList<>();
  private RocksCatalogue catalogue;
  private Relay events;
  private Relay quarantine;

  /** Says that p is a text, once it says anything. */
  private static final class Arbiter implements TypeArbiter {

    private boolean away = true;
    private String disputed = "p";

    @Override
    public List<TypedName> decide(ProjectId project, List<TypedName> proposals, boolean together) {
      return proposals.stream()
          .map(
              name ->
                  name.name().equals(disputed)
                      ? new TypedName(name.scope(), disputed, PropertyType.TEXT, false)
                      : name)
          .toList();
    }

    @Override
    public Optional<Decisions> since(ProjectId project, String version) {
      if (away) {
        throw Failure.unavailable("away", Duration.ofSeconds(1));
      }
      return Optional.empty();
    }
  }

  @BeforeEach
  void open() {
    catalogue = new RocksCatalogue(directory, new RocksCatalogue.Room(100, 100, 100, 100), arbiter);
    events = new Relay(log, new AgreedSink(sink(Reader.EVENTS), catalogue), clock, LIMIT);
    quarantine = new Relay(log, sink(Reader.QUARANTINE), clock, LIMIT);
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @Test
  void waitsUntilTheTypesOfABatchAreAgreedOn() {
    accept(event("1", NOON, Map.of("q", "5")), Scope.PROPERTY, "q", PropertyType.NUMBER);

    assertThatThrownBy(events::deliverNext).isInstanceOf(Failure.class);
    assertThat(delivered).isEmpty();

    agree();
    events.deliverNext();
    assertThat(delivered).hasSize(1);
  }

  @Test
  void setsAsideWhatWasAcceptedUnderATypeThatLost() {
    accept(event("1", NOON, Map.of("p", "5.50")), Scope.PROPERTY, "p", PropertyType.NUMBER);
    accept(event("2", NOON, Map.of("q", "7")), Scope.PROPERTY, "q", PropertyType.NUMBER);
    accept(
        event("3", NOON, Map.of("p", "12", "q", "7", "t", "8")),
        Scope.PROPERTY,
        "t",
        PropertyType.TEXT);
    agree();
    accept(
        event("4", NOON.plusSeconds(60), Map.of("p", "five")),
        Scope.PROPERTY,
        "p",
        PropertyType.TEXT);
    accept(
        event("5", NOON, Map.of("p", "6", "$quarantine_id", "x")),
        Scope.PROPERTY,
        "p",
        PropertyType.TEXT);

    events.deliverNext();
    events.deliverNext();

    assertThat(delivered)
        .extracting(record -> ((LogRecord.Event) record).source().eventId().value())
        .containsExactly("2", "4", "5");
    delivered.clear();
    quarantine.deliverNext();
    assertThat(delivered)
        .map(LogRecord.Quarantined.class::cast)
        .extracting(LogRecord.Quarantined::reason, LogRecord.Quarantined::detail)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(
                QuarantineReason.TYPE_CONFLICT,
                "'p' must be text, as another collector had learned, not number"));
    assertThat(delivered)
        .map(AgreedSinkTest::original)
        .anyMatch(json -> json.contains("\"p\":5.5"))
        .anyMatch(
            json ->
                json.contains("\"p\":12")
                    && json.contains("\"q\":7")
                    && json.contains("\"t\":\"8\""));
    LogCounts counts = log.counts(BANK);
    assertThat(counts.accepted()).isEqualTo(3);
    assertThat(counts.quarantined()).containsEntry("TYPE_CONFLICT", 2L);
  }

  @Test
  void setsAsideTraitsOfTheTypeThatLost() {
    accept(change("1", "5"), Scope.TRAIT, "p", PropertyType.NUMBER);
    agree();
    accept(change("2", "\"five\""), Scope.TRAIT, "p", PropertyType.TEXT);

    events.deliverNext();
    events.deliverNext();

    assertThat(delivered)
        .extracting(record -> ((LogRecord.Accepted) record).source().eventId().value())
        .containsExactly("2");
  }

  @Test
  void setsAsideItemsOfTheTypeThatLost() {
    arbiter.disputed = "fund/p";
    LogRecord fund =
        new LogRecord.Item(
            source("1", NOON), LogRecord.Item.Kind.ITEM, "fund", "F1", false, Map.of("p", "5"));
    accept(fund, Scope.ITEM, "fund/p", PropertyType.NUMBER);
    agree();

    events.deliverNext();
    quarantine.deliverNext();

    assertThat(delivered)
        .map(AgreedSinkTest::original)
        .hasSize(1)
        .allMatch(json -> json.contains("\"p\":5"));
  }

  private void agree() {
    arbiter.away = false;
    catalogue.exchange(NOON.plusSeconds(1));
  }

  private void accept(LogRecord record, Scope scope, String name, PropertyType type) {
    catalogue.learn(BANK, List.of(new TypedName(scope, name, type, false)), NOON);
    log.append(submission(BANK, record));
  }

  private Sink sink(Reader reader) {
    return new Sink() {
      @Override
      public Reader reader() {
        return reader;
      }

      @Override
      public Withheld deliver(Batch batch) {
        batch.entries().forEach(entry -> delivered.add(entry.record()));
        return Withheld.NOTHING;
      }
    };
  }

  private static String original(LogRecord record) {
    return new String(((LogRecord.Quarantined) record).original(), StandardCharsets.UTF_8);
  }

  private static LogRecord event(String id, Instant received, Map<String, String> properties) {
    return new LogRecord.Event(source(id, received), "Buy", properties);
  }

  private static LogRecord change(String id, String json) {
    return new LogRecord.ProfileChange(
        source(id, NOON), List.of(new TraitChange(TraitChange.Operation.SET, "p", json)));
  }

  private static LogRecord.Source source(String id, Instant received) {
    return new LogRecord.Source(
        BANK, new EventId(id), new Identity("ann", "", false), NOON, received, "Test 1");
  }
}
