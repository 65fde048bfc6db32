package io.tenure.segment.api;

import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;

/** Who may do what: analysts read, editors change, whoever evaluates flags asks for memberships. */
final class Access {

  private Access() {}

  static ProjectId anybody() {
    return CallerContext.requiring(Role.WRITER).project();
  }

  static ProjectId reader() {
    return CallerContext.requiring(Role.ANALYST).project();
  }

  static Caller editor() {
    return CallerContext.requiring(Role.EDITOR);
  }
}
