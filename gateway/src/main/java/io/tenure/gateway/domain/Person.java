package io.tenure.gateway.domain;

import io.tenure.platform.tenancy.Caller.Role;

/**
 * Somebody who signs in. Every person may use every project; the role says what they may do there.
 *
 * @param username unique name
 * @param role what the person may do
 * @param passwordHash made by {@link Passwords}
 */
public record Person(String username, Role role, String passwordHash) {

  /** How the audit trail names this person. */
  public String subject() {
    return "person:" + username;
  }
}
