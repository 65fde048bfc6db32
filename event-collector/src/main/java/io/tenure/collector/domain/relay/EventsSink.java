package io.tenure.collector.domain.relay;

import static io.tenure.collector.domain.relay.Profiles.MUST_NOT_BE_STORED;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventStore.StoredEvent;
import io.tenure.collector.domain.relay.EventStore.StoredItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies accepted records to the profiles, then stores events with their users, and items. What
 * the profiles say must not be stored is left out.
 */
public final class EventsSink implements Sink {

  private final Applier applier;
  private final EventStore store;

  /** A sink into profiles and a store. */
  public EventsSink(Profiles profiles, EventStore store) {
    this.applier = new Applier(profiles);
    this.store = store;
  }

  @Override
  public Reader reader() {
    return Reader.EVENTS;
  }

  @Override
  public Withheld deliver(Batch batch) {
    store.prepare();
    List<Profiles.Accepted> accepted = new ArrayList<>(batch.entries().size());
    List<StoredItem> items = new ArrayList<>();
    for (Batch.Entry entry : batch.entries()) {
      switch (entry.record()) {
        case LogRecord.Item item -> items.add(new StoredItem(entry.offset(), item));
        case LogRecord.Accepted record ->
            accepted.add(new Profiles.Accepted(entry.offset(), record));
        case LogRecord.Quarantined notOurs -> {}
      }
    }
    List<Integer> users = applier.apply(batch.logId(), accepted);
    Withheld withheld = withheld(batch, accepted, users);
    List<StoredEvent> events = new ArrayList<>(accepted.size());
    for (int i = 0; i < accepted.size(); i++) {
      Profiles.Accepted entry = accepted.get(i);
      if (entry.record() instanceof LogRecord.Event event && users.get(i) != MUST_NOT_BE_STORED) {
        events.add(new StoredEvent(entry.offset(), users.get(i), event));
      }
    }
    store.storeEvents(batch, withheld, events);
    store.storeItems(batch, items);
    return withheld;
  }

  /**
   * An attempt that failed after storing may have been made before the person withdrew. Such an
   * event was stored rightly, so it counts as stored; its erasure is a matter of the store.
   */
  private Withheld withheld(Batch batch, List<Profiles.Accepted> accepted, List<Integer> users) {
    Set<Long> offsets = new HashSet<>();
    for (int i = 0; i < accepted.size(); i++) {
      if (users.get(i) == MUST_NOT_BE_STORED) {
        offsets.add(accepted.get(i).offset());
      }
    }
    if (offsets.isEmpty()) {
      return Withheld.NOTHING;
    }
    offsets.removeAll(store.storedBefore(batch, new Withheld(offsets)).offsets());
    return new Withheld(offsets);
  }
}
