package io.tenure.collector.domain.plan;

import java.time.Instant;

/**
 * A type this collector gave a name while it could ask nobody, and which then turned out to be
 * another one.
 *
 * @param lost the type records were accepted under
 * @param agreed the type that holds
 * @param until when the first gave way to the second
 */
public record Dispute(PropertyType lost, PropertyType agreed, Instant until) {}
