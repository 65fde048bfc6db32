package io.tenure.collector.domain.ledger;

import io.tenure.collector.domain.log.LogCounts;
import java.time.Duration;

/**
 * Where every record of a project ended. Once nothing waits, {@code accepted = stored + applied}.
 *
 * @param counts what the log counted
 * @param stored events found in the store
 * @param waiting accepted records not delivered yet
 * @param lag age of the oldest waiting record
 */
public record Ledger(LogCounts counts, long stored, long waiting, Duration lag) {}
