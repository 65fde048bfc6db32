package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventStore.StoredEvent;
import io.tenure.collector.domain.relay.EventStore.StoredItem;
import io.tenure.collector.domain.relay.EventStore.StoredQuarantined;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the log's records to the stores, each exactly once in effect: a batch is always cut the
 * same way, every receiver forgets a batch it had before, and the cursor moves last. So after any
 * failure the answer is the same: do it again.
 */
public final class Relay {

  private final EventLog log;
  private final Profiles profiles;
  private final EventStore store;
  private final Clock clock;
  private final BatchLimit limit;
  private final Duration retention;

  /**
   * A relay.
   *
   * @param retention how long delivered records stay in the log, should a store lose what it took
   */
  public Relay(
      EventLog log,
      Profiles profiles,
      EventStore store,
      Clock clock,
      BatchLimit limit,
      Duration retention) {
    this.log = log;
    this.profiles = profiles;
    this.store = store;
    this.clock = clock;
    this.limit = limit;
    this.retention = retention;
  }

  /**
   * Delivers the next batch.
   *
   * @return whether the batch was full, so that more is likely waiting
   * @throws io.tenure.platform.failure.Failure when a receiver fails; the batch stays next
   */
  public boolean deliverNext() {
    Optional<Batch> next = log.next(limit);
    next.ifPresent(this::deliver);
    return next.map(batch -> batch.entries().size() >= limit.records()).orElse(false);
  }

  /** Frees the room of records delivered long enough ago. */
  public void trim() {
    log.trim(clock.instant().minus(retention));
  }

  /** How long the oldest undelivered record has been waiting. */
  public Duration lag() {
    return log.oldestWaiting()
        .map(oldest -> Duration.between(oldest, clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private void deliver(Batch batch) {
    List<Profiles.Accepted> accepted = new ArrayList<>();
    List<StoredItem> items = new ArrayList<>();
    List<StoredQuarantined> quarantined = new ArrayList<>();
    for (Batch.Entry entry : batch.entries()) {
      switch (entry.record()) {
        case LogRecord.Item item -> items.add(new StoredItem(entry.offset(), item));
        case LogRecord.Accepted record ->
            accepted.add(new Profiles.Accepted(entry.offset(), record));
        case LogRecord.Quarantined record ->
            quarantined.add(new StoredQuarantined(entry.offset(), record));
      }
    }
    store.storeEvents(batch, withUsers(batch, accepted));
    store.storeItems(batch, items);
    store.storeQuarantined(batch, quarantined);
    log.confirm(batch);
  }

  private List<StoredEvent> withUsers(Batch batch, List<Profiles.Accepted> accepted) {
    if (accepted.isEmpty()) {
      return List.of();
    }
    List<Integer> users = profiles.apply(batch.logId(), accepted);
    List<StoredEvent> events = new ArrayList<>(accepted.size());
    for (int i = 0; i < accepted.size(); i++) {
      if (accepted.get(i).record() instanceof LogRecord.Event event) {
        events.add(new StoredEvent(accepted.get(i).offset(), users.get(i), event));
      }
    }
    return events;
  }
}
