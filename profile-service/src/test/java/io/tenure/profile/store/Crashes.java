package io.tenure.profile.store;

import io.tenure.platform.failure.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

/** Ends a use case at any of its steps: before or after a call of one of its ports. */
final class Crashes {

  private int left = Integer.MAX_VALUE;

  /** The next crash comes after so many moments; there is one before and one after each call. */
  void in(int moments) {
    left = moments;
  }

  /** No crash from here on. */
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
    if (left != Integer.MAX_VALUE && left-- == 0) {
      throw Failure.unavailable("The process died", Duration.ofSeconds(1));
    }
  }
}
