package io.tenure.experiment.domain;

import java.time.Instant;

/** A flag as it is kept, with what its revisions tell. */
public record StoredFlag(Flag flag, Instant createTime, Instant updateTime, String etag) {}
