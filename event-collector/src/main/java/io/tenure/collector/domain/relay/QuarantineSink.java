package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.relay.EventStore.StoredQuarantined;
import java.util.ArrayList;
import java.util.List;

/** Brings what was kept aside to where people look at it. */
public final class QuarantineSink implements Sink {

  private final EventStore store;

  /** A sink into a store. */
  public QuarantineSink(EventStore store) {
    this.store = store;
  }

  @Override
  public Reader reader() {
    return Reader.QUARANTINE;
  }

  @Override
  public Withheld deliver(Batch batch) {
    store.prepare();
    List<StoredQuarantined> records = new ArrayList<>();
    for (Batch.Entry entry : batch.entries()) {
      if (entry.record() instanceof LogRecord.Quarantined record) {
        records.add(new StoredQuarantined(entry.offset(), record));
      }
    }
    store.storeQuarantined(batch, records);
    return Withheld.NOTHING;
  }
}
