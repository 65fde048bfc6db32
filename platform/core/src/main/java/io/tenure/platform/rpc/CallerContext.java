package io.tenure.platform.rpc;

import io.grpc.Context;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries the {@link Caller} of the current call from the wire to the code and on to the next
 * service.
 */
public final class CallerContext {

  static final Context.Key<Caller> KEY = Context.key("tenure-caller");

  private CallerContext() {}

  /**
   * The caller of the current call.
   *
   * @throws Failure UNAUTHENTICATED when the call carries none
   */
  public static Caller current() {
    return find()
        .orElseThrow(() -> Failure.of(Reason.UNAUTHENTICATED, "The call carries no project"));
  }

  /**
   * The caller of the current call, who needs a role or a higher one.
   *
   * @throws Failure UNAUTHENTICATED when the call carries none, PERMISSION_DENIED for a lower role
   */
  public static Caller requiring(Role least) {
    Caller caller = current();
    if (caller.role().compareTo(least) < 0) {
      throw Failure.of(
          Reason.PERMISSION_DENIED,
          "The credential does not allow this; it needs the role " + least);
    }
    return caller;
  }

  /** The caller of the current call, if it carries one. */
  public static Optional<Caller> find() {
    @Nullable Caller caller = KEY.get();
    return Optional.ofNullable(caller);
  }

  /** Does something on behalf of a caller; calls to other services carry it on. */
  public static <T> T as(Caller caller, Callable<T> action) {
    try {
      return Context.current().withValue(KEY, caller).call(action);
    } catch (RuntimeException exception) {
      throw exception;
    } catch (Exception exception) {
      throw new IllegalStateException(exception);
    }
  }
}
