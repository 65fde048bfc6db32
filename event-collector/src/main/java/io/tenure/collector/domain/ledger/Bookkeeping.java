package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.SinkLag;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.util.List;

/** Compares what was accepted with what is found in the store, counted independently. */
public final class Bookkeeping {

  private final EventLog log;
  private final EventStore store;
  private final List<Relay> relays;

  /** Bookkeeping over a log and the store its relays fill. */
  public Bookkeeping(EventLog log, EventStore store, List<Relay> relays) {
    this.log = log;
    this.store = store;
    this.relays = List.copyOf(relays);
  }

  /** The ledger of a project. */
  public Ledger ledger(ProjectId project) {
    LogCounts counts = log.counts(project);
    long stored = store.countStored(log.id(), project);
    long expired = store.countExpired(log.id(), project);
    long waiting = counts.accepted() - counts.delivered();
    List<SinkLag> sinks = relays.stream().map(Relay::lag).toList();
    return new Ledger(
        counts, stored, expired, waiting, waiting == 0 ? Duration.ZERO : age(sinks), sinks);
  }

  private static Duration age(List<SinkLag> sinks) {
    return sinks.stream()
        .filter(lag -> lag.sink().equals(Reader.EVENTS.name()))
        .map(SinkLag::age)
        .findFirst()
        .orElse(Duration.ZERO);
  }
}
