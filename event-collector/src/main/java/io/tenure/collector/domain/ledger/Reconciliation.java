package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.log.Confirmed;
import io.tenure.collector.domain.relay.EventStore.RangeCount;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the comparison of a log with the event store stands.
 *
 * @param checkTime when it was last compared; null before the first time
 * @param ranges ranges compared since the process started
 * @param events events in them
 * @param checkedOffset everything up to here is compared
 * @param mismatches ranges that don't match, the oldest first
 */
public record Reconciliation(
    String logId,
    @Nullable Instant checkTime,
    long ranges,
    long events,
    long checkedOffset,
    List<Mismatch> mismatches) {

  /** A range whose events are not in the store as they were delivered. */
  public record Mismatch(Confirmed range, RangeCount found, Instant time) {}

  Reconciliation with(List<Mismatch> still, Instant now) {
    return new Reconciliation(logId, now, ranges, events, checkedOffset, List.copyOf(still));
  }

  Reconciliation after(List<Confirmed> page, List<Mismatch> fresh, Instant now, int mostNamed) {
    return new Reconciliation(
        logId,
        now,
        ranges + page.size(),
        events + page.stream().mapToLong(range -> Math.max(0, range.events())).sum(),
        page.getLast().last(),
        Stream.concat(mismatches.stream(), fresh.stream()).limit(mostNamed).toList());
  }
}
