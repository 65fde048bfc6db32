package io.tenure.profile.store;

import io.tenure.platform.failure.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** Ends a process at any step of a use case: before or after a call of one of its ports. */
final class Crashes {

  private int left = Integer.MAX_VALUE;
  private boolean happened;

  /** The next crash comes after so many moments; there is one before and one after each call. */
  void in(int moments) {
    left = moments;
    happened = false;
  }

  /** Whether the process died since it was told when. */
  boolean happened() {
    return happened;
  }

  /** A new process, without crashes from here on. */
  void never() {
    left = Integer.MAX_VALUE;
  }

  <T> T around(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              moment();
              try {
                Object result = method.invoke(port, arguments);
                moment();
                return result;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  private void moment() {
    if (left == Integer.MAX_VALUE) {
      return;
    }
    // A dead process does not even clean up behind itself.
    if (left > 0) {
      left--;
    } else {
      happened = true;
      throw Failure.unavailable("The process died", Duration.ofSeconds(1));
    }
  }
}
