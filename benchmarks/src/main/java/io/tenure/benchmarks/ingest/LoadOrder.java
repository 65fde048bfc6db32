package io.tenure.benchmarks.ingest;

/**
 * What the load generator is to do.
 *
 * @param target base address
 * @param traffic name of a {@link Traffic}
 * @param project the tenant
 * @param key write key; empty for the collector itself
 * @param connections open at a time
 * @param seconds longest time
 * @param requests most requests, all prepared before the first is sent
 * @param rate requests per second; 0 for a closed loop
 */
record LoadOrder(
    String target,
    String traffic,
    String project,
    String key,
    int connections,
    double seconds,
    int requests,
    double rate) {}
