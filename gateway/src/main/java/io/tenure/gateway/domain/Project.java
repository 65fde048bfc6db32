package io.tenure.gateway.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/**
 * A tenant.
 *
 * @param id its id
 * @param displayName its name for people
 * @param createTime when it was created
 */
public record Project(ProjectId id, String displayName, Instant createTime) {}
