package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.log.LogCounts;
import io.tenure.collector.domain.relay.SinkLag;
import java.time.Duration;
import java.util.List;

/**
 * Where every record of a project ended. Once nothing waits, {@code accepted = stored + applied +
 * withheld + expired}.
 *
 * @param counts what the log counted
 * @param stored events found in the store
 * @param expired events that were stored and are kept no longer
 * @param waiting accepted records not delivered yet
 * @param lag age of the oldest waiting record
 * @param sinks how far each sink is behind, all projects together
 */
public record Ledger(
    LogCounts counts, long stored, long expired, long waiting, Duration lag, List<SinkLag> sinks) {}
