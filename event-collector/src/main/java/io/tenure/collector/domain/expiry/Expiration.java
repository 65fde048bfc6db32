package io.tenure.collector.domain.expiry;

import io.tenure.collector.domain.relay.EventStore;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Map;

/** Removes what is too old when it is told to. */
public final class Expiration {

  private final EventStore tables;
  private final ExpiryStore store;

  /**
   * Removes from a store.
   *
   * @param tables makes the tables
   */
  public Expiration(EventStore tables, ExpiryStore store) {
    this.tables = tables;
    this.store = store;
  }

  /**
   * What became of it.
   *
   * @param waitingReason why it can't be done yet; empty when it was done
   * @param counts what there was, by project, then by table
   */
  public record Outcome(String waitingReason, Map<ProjectId, Map<String, Long>> counts) {}

  /**
   * Removes what is too old; again is harmless.
   *
   * @param countOnly changes nothing
   */
  public Outcome expire(List<Expiry> expiries, boolean countOnly) {
    tables.prepare();
    String waiting = countOnly ? "" : store.waitingReason();
    Map<ProjectId, Map<String, Long>> counts = store.count(expiries);
    if (!countOnly && waiting.isEmpty()) {
      store.expire(expiries);
    }
    return new Outcome(waiting, counts);
  }
}
