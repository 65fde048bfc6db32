package io.tenure.platform.embedded.clickhouse;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One C function of the engine, called with the result type its caller expects. */
record NativeFunction(String name, MethodHandle handle) {

  MemorySegment pointer(Object... arguments) {
    return (MemorySegment) Objects.requireNonNull(call(arguments));
  }

  long size(Object... arguments) {
    return (long) Objects.requireNonNull(call(arguments));
  }

  /** True when the function answered {@code CHDBSuccess}. */
  boolean succeeds(Object... arguments) {
    return (int) Objects.requireNonNull(call(arguments)) == 0;
  }

  void run(Object... arguments) {
    call(arguments);
  }

  /** C functions throw nothing, so whatever is thrown here is a defect of the binding itself. */
  private @Nullable Object call(Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("the call of " + name + " failed", e);
    }
  }
}
