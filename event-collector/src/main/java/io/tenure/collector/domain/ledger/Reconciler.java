package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.ledger.Reconciliation.Mismatch;
import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.EventStore.RangeCount;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves that what the log delivered is in the event store: for every confirmed range as many
 * events, each offset once, from the same lowest to the same highest.
 *
 * <p>A range is proved once, soon after its delivery. Later its rows may rightly vanish: an event
 * sent again after the duplicate window takes the place of its earlier row. Before that window ends
 * nothing may, so a range that does not match is a fault, named and compared again until it heals.
 */
public final class Reconciler {

  private static final int RANGES = 1_000;
  private static final int MOST_NAMED = 100;

  private final EventLog log;
  private final EventStore store;
  private final Clock clock;
  private volatile Reconciliation state;

  /** Compares a log with the store its relay fills. */
  public Reconciler(EventLog log, EventStore store, Clock clock) {
    this.log = log;
    this.store = store;
    this.clock = clock;
    this.state = new Reconciliation(log.id(), null, 0, 0, 0, List.of());
  }

  /** How the comparison stands. */
  public Reconciliation state() {
    return state;
  }

  /**
   * Compares what was delivered since the last time, and again what did not match then.
   *
   * @return ranges that don't match and were not compared before
   * @throws io.tenure.platform.failure.Failure when the store is away; nothing is lost by it
   */
  public synchronized List<Mismatch> check() {
    Reconciliation current = recheck(state);
    List<Mismatch> fresh = new ArrayList<>();
    List<Confirmed> page = log.confirmed(Reader.EVENTS, current.checkedOffset(), RANGES);
    while (!page.isEmpty()) {
      List<Mismatch> found = compare(page);
      fresh.addAll(found);
      current = current.after(page, found, clock.instant(), MOST_NAMED);
      state = current;
      page = log.confirmed(Reader.EVENTS, current.checkedOffset(), RANGES);
    }
    state = current;
    return fresh;
  }

  private Reconciliation recheck(Reconciliation before) {
    List<Mismatch> still = new ArrayList<>();
    for (Mismatch mismatch : before.mismatches()) {
      Confirmed range = mismatch.range();
      still.addAll(compare(List.of(range)));
    }
    return before.with(still, clock.instant());
  }

  private List<Mismatch> compare(List<Confirmed> ranges) {
    Map<Long, RangeCount> found =
        store.countRanges(
            log.id(), ranges.stream().map(Confirmed::first).toList(), ranges.getLast().last());
    List<Mismatch> mismatches = new ArrayList<>();
    for (Confirmed range : ranges) {
      @Nullable RangeCount count = found.get(range.first());
      RangeCount there = count == null ? new RangeCount(0, 0, 0, 0) : count;
      boolean same =
          range.events() < 0
              || there.events() == range.events()
                  && there.first() == range.firstEvent()
                  && there.last() == range.lastEvent();
      if (!same) {
        mismatches.add(new Mismatch(range, there, clock.instant()));
      }
    }
    return mismatches;
  }
}
