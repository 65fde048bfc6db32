package io.tenure.collector.domain.record;

/**
 * Whom a record is about, as the sender says; which user that is, profile-service decides.
 *
 * @param loginId login id; empty when the record carries none
 * @param anonymousId device id; empty when the record carries none
 * @param bind whether the record says that both ids are one user
 */
public record Identity(String loginId, String anonymousId, boolean bind) {

  /** Longest id kept. */
  public static final int MAX_LENGTH = 255;

  /** Whether there is any id. */
  public boolean isPresent() {
    return !loginId.isEmpty() || !anonymousId.isEmpty();
  }
}
