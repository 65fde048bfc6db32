package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventStore.StoredEvent;
import io.tenure.collector.domain.relay.EventStore.StoredItem;
import java.util.ArrayList;
import java.util.List;

/** Applies accepted records to the profiles, then stores events with their users, and items. */
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
  public void deliver(Batch batch) {
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
    List<StoredEvent> events = new ArrayList<>(accepted.size());
    for (int i = 0; i < accepted.size(); i++) {
      if (accepted.get(i).record() instanceof LogRecord.Event event) {
        events.add(new StoredEvent(accepted.get(i).offset(), users.get(i), event));
      }
    }
    store.storeEvents(batch, events);
    store.storeItems(batch, items);
  }
}
