package io.tenure.gateway.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.util.function.Consumer;

/** Tells that the flags of a project changed. */
public interface FlagChanges {

  /**
   * Hears the version of a project's flags after each change, until the subscription is closed.
   * While the service of flags is away nothing is heard; afterwards the version is told if it is
   * another one.
   *
   * @param since the version the listener has, so that it hears of a change before it listened;
   *     empty when it has just read the flags as they are
   */
  Subscription subscribe(ProjectId project, String since, Consumer<String> listener);

  /** Ends what a listener hears. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
