package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;

/** Compares what was accepted with what is found in the store, counted independently. */
public final class Bookkeeping {

  private final EventLog log;
  private final EventStore store;
  private final Relay relay;

  /** Bookkeeping over a log and the store its relay fills. */
  public Bookkeeping(EventLog log, EventStore store, Relay relay) {
    this.log = log;
    this.store = store;
    this.relay = relay;
  }

  /** The ledger of a project. */
  public Ledger ledger(ProjectId project) {
    LogCounts counts = log.counts(project);
    long stored = store.countStored(log.id(), project);
    long waiting = counts.accepted() - counts.delivered();
    return new Ledger(counts, stored, waiting, waiting == 0 ? Duration.ZERO : relay.lag());
  }
}
