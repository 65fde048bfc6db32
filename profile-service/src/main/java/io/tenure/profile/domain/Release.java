package io.tenure.profile.domain;

/**
 * An id that was taken from a user. Records up to that place of the log keep their user when they
 * are resolved again; later ones with the id are about somebody else.
 *
 * @param logId the log
 * @param offset the record that took it
 * @param kind of id
 * @param id what was taken
 */
public record Release(String logId, long offset, Kind kind, String id) {

  /** The two name spaces of ids. */
  public enum Kind {
    /** A login id. */
    LOGIN("l:"),
    /** A device id. */
    DEVICE("d:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Of the one id a record carries. */
  static Release of(String logId, long offset, Identifiers ids) {
    return ids.loginId().isEmpty()
        ? new Release(logId, offset, Kind.DEVICE, ids.anonymousId())
        : new Release(logId, offset, Kind.LOGIN, ids.loginId());
  }

  /** As both stores keep it: offset, log, kind and id. */
  public String text() {
    return offset + " " + logId + " " + kind.prefix + id;
  }

  /** Reads {@link #text}. */
  public static Release parse(String text) {
    String[] parts = text.split(" ", 3);
    Kind kind = parts[2].startsWith(Kind.LOGIN.prefix) ? Kind.LOGIN : Kind.DEVICE;
    return new Release(
        parts[1], Long.parseLong(parts[0]), kind, parts[2].substring(kind.prefix.length()));
  }
}
