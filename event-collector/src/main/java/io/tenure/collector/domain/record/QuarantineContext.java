package io.tenure.collector.domain.record;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the bytes of a record kept aside don't hold and a replay needs: how it reached us and what
 * its body said about all its records.
 *
 * @param address the sender's IP address; empty when unknown
 * @param userAgent the sender's {@code User-Agent}; empty when unknown
 * @param retry whether the sender said that it sent the request again
 * @param otherProjects further tenants its credential may write to
 * @param shared the body's own fields and its wrapper, as a JSON object
 * @param eventName the name of the event as sent; empty when there is none or it can't be read
 * @param library the SDK; empty when unknown
 */
public record QuarantineContext(
    String address,
    String userAgent,
    boolean retry,
    Set<String> otherProjects,
    String shared,
    String eventName,
    String library) {

  /** Nothing is known, as of records written before there was a context. */
  public static final QuarantineContext UNKNOWN =
      new QuarantineContext("", "", false, Set.of(), "{}", "", "");

  /** Sorts the projects, so that equal contexts have equal bytes. */
  public QuarantineContext {
    otherProjects = Collections.unmodifiableSet(new TreeSet<>(otherProjects));
  }
}
