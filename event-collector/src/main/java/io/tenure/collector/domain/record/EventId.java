package io.tenure.collector.domain.record;

import io.tenure.platform.tenancy.ProjectId;

/**
 * What makes an event the same event when it is sent again: the sender's message id, or a hash of
 * what identifies it.
 */
public record EventId(String value) {

  /** Longest id kept. */
  public static final int MAX_LENGTH = 255;

  /** Accepts 1 to 255 characters. */
  public EventId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("An event id has 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** What the log remembers to find the event again. */
  public Fingerprint fingerprint(ProjectId project) {
    return Fingerprint.of(project.value(), value);
  }
}
