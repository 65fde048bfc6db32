package io.tenure.collector.domain.log;

import java.time.Instant;

/**
 * What became of the records of a project that were received in one minute. {@code received =
 * accepted + duplicate + quarantined + refused}.
 *
 * @param minute its start
 * @param accepted records written for storing
 * @param events accepted records that are events; as many rows, less those withheld, are to be
 *     found in the store
 * @param duplicate records found to be there already
 * @param quarantined records kept aside
 * @param refused records only counted
 */
public record MinuteCounts(
    Instant minute, long accepted, long events, long duplicate, long quarantined, long refused) {}
