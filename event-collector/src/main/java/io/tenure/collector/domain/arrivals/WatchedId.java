package io.tenure.collector.domain.arrivals;

import io.tenure.platform.tenancy.ProjectId;

/** A device id or login id somebody watches. */
public record WatchedId(ProjectId project, String id) {}
