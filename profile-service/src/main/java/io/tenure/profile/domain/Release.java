package io.tenure.profile.domain;

import java.util.List;

/**
 * An id that was taken from a user. Records up to that place of the log keep their user when they
 * are resolved again; later ones with the id are about somebody else.
 *
 * @param logId the log
 * @param offset the record that took it, or the last one resolved when another log's took it
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

  /**
   * Of the id a record takes: the one it has, or the device when it joins two. The record's own
   * place first, then how far the other logs were.
   */
  static List<Release> of(Identifiers ids, Resolution resolution) {
    if (resolution.taking() == null) {
      return List.of();
    }
    boolean device = !ids.anonymousId().isEmpty();
    Kind kind = device ? Kind.DEVICE : Kind.LOGIN;
    String id = device ? ids.anonymousId() : ids.loginId();
    return resolution.taking().places().stream()
        .map(place -> new Release(place.logId(), place.offset(), kind, id))
        .toList();
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
