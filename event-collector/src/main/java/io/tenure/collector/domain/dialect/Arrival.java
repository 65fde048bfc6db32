package io.tenure.collector.domain.dialect;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Set;

/**
 * How a request reached us; true for all its records.
 *
 * @param project the tenant its credential belongs to
 * @param otherProjects further tenants the credential may write to, when a record names one
 * @param time when, in milliseconds
 * @param address the sender's IP address; empty when unknown
 * @param userAgent the sender's {@code User-Agent}; empty when unknown
 * @param retry whether the sender says that it sends the request again
 */
public record Arrival(
    ProjectId project,
    Set<ProjectId> otherProjects,
    Instant time,
    String address,
    String userAgent,
    boolean retry) {

  /** Copies the set. */
  public Arrival {
    otherProjects = Set.copyOf(otherProjects);
  }

  /** An arrival of which nothing but project and time is known. */
  public Arrival(ProjectId project, Instant time) {
    this(project, Set.of(), time, "", "", false);
  }

  /** The same arrival, of a record of another project. */
  Arrival in(ProjectId other) {
    return new Arrival(other, otherProjects, time, address, userAgent, retry);
  }
}
