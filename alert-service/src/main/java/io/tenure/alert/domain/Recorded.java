package io.tenure.alert.domain;

import java.time.Instant;

/**
 * A definition together with what the revision that holds it tells.
 *
 * @param value the definition
 * @param createTime when its first revision was made
 * @param updateTime when this revision was made
 * @param etag changes with every revision
 */
public record Recorded<T>(T value, Instant createTime, Instant updateTime, String etag) {}
