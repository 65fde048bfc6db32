package io.tenure.segment.domain.analysis;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Optional;

/** Tells how new the stored events of a project are. */
public interface Watermark {

  /**
   * A text that changes with everything an answer may depend on: events, profiles, merges, erasures
   * and segments, of any project.
   */
  String version();

  /**
   * Receipt of the newest stored event; empty without events.
   *
   * @param version what {@link #version} was just now: as long as it stays nothing is read
   */
  Optional<Instant> newestReceipt(ProjectId project, String version);
}
