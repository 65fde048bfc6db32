package io.tenure.profile.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;

/** Who may read what is known about people. */
final class Readers {

  private Readers() {}

  /** Write keys live in apps and are public, so they read nothing. */
  static Caller current() {
    Caller caller = CallerContext.current();
    if (caller.role() == Role.WRITER) {
      throw Failure.of(Reason.PERMISSION_DENIED, "A write key does not read profiles");
    }
    return caller;
  }
}
