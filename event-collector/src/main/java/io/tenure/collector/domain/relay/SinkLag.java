package io.tenure.collector.domain.relay;

import java.time.Duration;

/**
 * How far a sink is behind.
 *
 * @param sink its name
 * @param records records of the log behind its cursor, all projects together
 * @param age how long the oldest of them has been waiting
 */
public record SinkLag(String sink, long records, Duration age) {}
