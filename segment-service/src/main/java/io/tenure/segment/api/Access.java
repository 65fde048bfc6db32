package io.tenure.segment.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Locale;

/** Who may do what: analysts read, editors change, whoever evaluates flags asks for memberships. */
final class Access {

  private Access() {}

  static ProjectId anybody() {
    return require(Role.WRITER).project();
  }

  static ProjectId reader() {
    return require(Role.ANALYST).project();
  }

  static Caller editor() {
    return require(Role.EDITOR);
  }

  private static Caller require(Role role) {
    Caller caller = CallerContext.current();
    if (caller.role().compareTo(role) < 0) {
      throw Failure.of(
          Reason.PERMISSION_DENIED, "Needs the role " + role.name().toLowerCase(Locale.ROOT));
    }
    return caller;
  }
}
