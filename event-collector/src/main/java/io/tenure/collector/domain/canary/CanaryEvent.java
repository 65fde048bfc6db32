package io.tenure.collector.domain.canary;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/**
 * An event sent to be found. It belongs to a project of its own, so that nobody's numbers change.
 *
 * @param id new for each, bears the seal that shows who made it
 * @param time when it happened, in milliseconds
 */
public record CanaryEvent(String id, Instant time) {

  /** The project all of them belong to. */
  public static final ProjectId PROJECT = new ProjectId("tenure-canary");

  /** The name all of them bear. */
  public static final String NAME = "tenure_canary";

  /** The one device all of them come from, so that there is one profile. */
  public static final String DEVICE = "tenure-canary";
}
