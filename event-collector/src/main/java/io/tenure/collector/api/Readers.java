package io.tenure.collector.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;

/** Who may look at what the collector knows, and how closely. */
final class Readers {

  private Readers() {}

  /** A caller who may read; a write key, which every phone holds, may not. */
  static Caller current() {
    Caller caller = CallerContext.current();
    if (caller.role() == Caller.Role.WRITER) {
      throw Failure.of(Reason.PERMISSION_DENIED, "The credential may only send events");
    }
    return caller;
  }

  /** A caller who may change things. */
  static Caller editor() {
    Caller caller = current();
    if (!seesContent(caller)) {
      throw Failure.of(Reason.PERMISSION_DENIED, "The credential may only read");
    }
    return caller;
  }

  /** Records can hold anything a user typed, so those who only read see their structure. */
  static boolean seesContent(Caller caller) {
    return caller.role().compareTo(Caller.Role.EDITOR) >= 0;
  }
}
