package io.tenure.experiment.domain;

import java.time.Instant;

/**
 * Something as it is kept, with what its revisions tell.
 *
 * @param content what people defined
 * @param createTime when the first revision was made
 * @param updateTime when this one was made
 * @param etag changes with every revision
 */
public record Stored<T extends Keyed>(
    T content, Instant createTime, Instant updateTime, String etag) {}
