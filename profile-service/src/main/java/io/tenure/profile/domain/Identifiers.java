package io.tenure.profile.domain;

/**
 * The ids one record carries.
 *
 * @param loginId login id; empty when the record carries none
 * @param anonymousId device id; empty when the record carries none
 * @param bind whether the record asks to join both ids
 */
public record Identifiers(String loginId, String anonymousId, boolean bind) {

  /** Needs at least one id. */
  public Identifiers {
    if (loginId.isEmpty() && anonymousId.isEmpty()) {
      throw new IllegalArgumentException("A record carries a login id or a device id");
    }
  }
}
