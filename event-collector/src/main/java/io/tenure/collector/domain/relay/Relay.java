package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.record.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the log's records to one sink, each exactly once in effect: a batch is always cut the same
 * way, the sink forgets a batch it had before, and the cursor moves last. So after any failure the
 * answer is the same: do it again. It holds one batch at a time, which bounds its memory.
 */
public final class Relay {

  private final EventLog log;
  private final Sink sink;
  private final Clock clock;
  private final BatchLimit limit;

  /** A relay from a log to a sink. */
  public Relay(EventLog log, Sink sink, Clock clock, BatchLimit limit) {
    this.log = log;
    this.sink = sink;
    this.clock = clock;
    this.limit = limit;
  }

  /** The sink's name. */
  public String name() {
    return sink.reader().name();
  }

  /**
   * Delivers the next batch.
   *
   * @return whether more is likely waiting
   * @throws io.tenure.platform.failure.Failure when the sink fails; the batch stays next
   */
  public boolean deliverNext() {
    Optional<Batch> next = log.next(sink.reader(), limit);
    return next.isPresent() && deliver(next.get());
  }

  private boolean deliver(Batch batch) {
    Withheld withheld;
    try {
      withheld = sink.deliver(batch);
    } catch (DeliveryRefused refused) {
      log.setAside(sink.reader(), batch, replacements(batch, refused));
      return true;
    }
    log.confirm(sink.reader(), batch, withheld);
    return batch.entries().size() >= limit.records();
  }

  private static Map<Long, LogRecord.Quarantined> replacements(
      Batch batch, DeliveryRefused refused) {
    Map<Long, LogRecord.Quarantined> replacements = new HashMap<>();
    for (Batch.Entry entry : batch.entries()) {
      Optional.ofNullable(refused.reasons().get(entry.offset()))
          .filter(reason -> entry.record() instanceof LogRecord.Accepted)
          .ifPresent(
              reason ->
                  replacements.put(
                      entry.offset(),
                      RefusedRecord.of((LogRecord.Accepted) entry.record(), reason)));
    }
    return replacements;
  }

  /**
   * Whether delivering should give way to requests: they wait long for the log, and nothing in it
   * is old yet.
   *
   * @param wait of a request that is long
   * @param age of a record in the log above which it no longer gives way
   */
  public boolean givesWay(Duration wait, Duration age) {
    return log.pressure().compareTo(wait) > 0 && lag().age().compareTo(age) < 0;
  }

  /** Where the sink stands. */
  public SinkLag lag() {
    Duration age =
        log.oldestWaiting(sink.reader())
            .map(oldest -> Duration.between(oldest, clock.instant()))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    return new SinkLag(name(), log.waiting(sink.reader()), age);
  }
}
