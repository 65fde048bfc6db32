package io.tenure.collector.domain.record;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bytes of a record kept aside don't hold and a replay needs: how it reached us and what
 * its body said about all its records.
 *
 * @param address the sender's IP address; empty when unknown
 * @param userAgent the sender's {@code User-Agent}; empty when unknown
 * @param retry whether the sender said that it sent the request again
 * @param otherProjects further tenants its credential may write to
 * @param shared the body's own fields and its wrapper, as a JSON object; a reference when they are
 *     large and another record of the request tells them
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

  /** Longest text of shared fields that every record of a request repeats, in characters. */
  public static final int MOST_REPEATED = 32 * 1024;

  private static final Pattern REFERENCE = Pattern.compile("\\{\"\\$same_as\":\"([0-9a-f]{64})\"}");

  /** Nothing is known, as of records written before there was a context. */
  public static final QuarantineContext UNKNOWN =
      new QuarantineContext("", "", false, Set.of(), "{}", "", "");

  /** Sorts the projects, so that equal contexts have equal bytes. */
  public QuarantineContext {
    otherProjects = Collections.unmodifiableSet(new TreeSet<>(otherProjects));
  }

  /** What stands for shared fields that another record of the same request tells whole. */
  public static String reference(String shared) {
    return "{\"$same_as\":\"" + Fingerprint.sha256Hex(shared) + "\"}";
  }

  /** The SHA-256, in hexadecimal digits, of the shared fields that another record tells. */
  public Optional<String> referred() {
    Matcher reference = REFERENCE.matcher(shared);
    return reference.matches() ? Optional.of(reference.group(1)) : Optional.empty();
  }

  /** The same with other shared fields. */
  public QuarantineContext sharing(String fields) {
    return new QuarantineContext(
        address, userAgent, retry, otherProjects, fields, eventName, library);
  }

  /** Whether this record is the one of its request that tells what others refer to. */
  boolean tells() {
    return shared.length() > MOST_REPEATED;
  }
}
