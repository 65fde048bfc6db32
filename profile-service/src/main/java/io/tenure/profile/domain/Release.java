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

  /** The name spaces of ids. */
  public enum Kind {
    /** A login id. */
    LOGIN("l:"),
    /** A device id. */
    DEVICE("d:"),
    /** An id of a declared key, as {@code KEY:VALUE}. */
    KEYED("i:");

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

  /**
   * Of an id that left a user by the plan ID_MAPPING; as of {@link #of(Identifiers, Resolution)}.
   */
  static List<Release> of(Mapping.Loss loss) {
    return loss.places().stream()
        .map(place -> new Release(place.logId(), place.offset(), Kind.KEYED, loss.id().text()))
        .toList();
  }

  /** The id with its kind, as the hot store names it. */
  public static String field(Identity id) {
    return id.kind().prefix + id.id();
  }

  /** As both stores keep it: offset, log, kind and id. */
  public String text() {
    return offset + " " + logId + " " + kind.prefix + id;
  }

  /** Reads {@link #text}. */
  public static Release parse(String text) {
    String[] parts = text.split(" ", 3);
    for (Kind kind : Kind.values()) {
      if (parts[2].startsWith(kind.prefix)) {
        String id = parts[2].substring(kind.prefix.length());
        return new Release(parts[1], Long.parseLong(parts[0]), kind, id);
      }
    }
    throw new IllegalArgumentException("A release of no known kind of id");
  }
}
