package io.tenure.gateway.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, found out from its credential.
 *
 * @param role what the visitor may do
 * @param known the caller other services see; null when there is no project yet
 * @param person the person; null for a key
 * @param session the session's token; null for a key
 * @param key the key; null for a person
 */
public record Visitor(
    Role role,
    @Nullable Caller known,
    @Nullable Person person,
    @Nullable String session,
    @Nullable AccessKey key) {

  /** Somebody without a credential. */
  public static final Visitor NOBODY = new Visitor(Role.WRITER, null, null, null, null);

  /** A key in use. */
  public static Visitor of(AccessKey key) {
    return new Visitor(key.role(), key.caller(), null, null, key);
  }

  /**
   * The caller other services see.
   *
   * @throws Failure FAILED_PRECONDITION when there is no project
   */
  public Caller caller() {
    Caller caller = known;
    if (caller == null) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "There is no project yet; create one first");
    }
    return caller;
  }

  /** The name in the audit trail. */
  public String subject() {
    Person somebody = person;
    return somebody == null ? caller().subject() : somebody.subject();
  }

  /**
   * Requires a role or a higher one.
   *
   * @throws Failure PERMISSION_DENIED
   */
  public void require(Role needed) {
    if (role.compareTo(needed) < 0) {
      throw Failure.of(
          Reason.PERMISSION_DENIED, "This needs the role " + needed + "; the caller has " + role);
    }
  }
}
