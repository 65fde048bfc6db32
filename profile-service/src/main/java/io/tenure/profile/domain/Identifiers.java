package io.tenure.profile.domain;

import java.util.List;

/**
 * The ids one record carries.
 *
 * @param loginId login id; empty when the record carries none
 * @param anonymousId device id; empty when the record carries none
 * @param link what the record asks to do with them
 * @param keyed every id under its own key, each once; empty when there are only login id and device
 *     id, whose keys are {@link KeyedId#LOGIN} and {@link KeyedId#ANONYMOUS}
 */
public record Identifiers(String loginId, String anonymousId, Link link, List<KeyedId> keyed) {

  /** What a record asks to do with its ids. */
  public enum Link {
    /** Nothing. */
    NONE,
    /** Join both. */
    BIND,
    /** Take the one id from its user. */
    UNBIND
  }

  /** Needs at least one id, and to unbind exactly one. */
  public Identifiers {
    if (loginId.isEmpty() && anonymousId.isEmpty()) {
      throw new IllegalArgumentException("A record carries a login id or a device id");
    }
    if (link == Link.UNBIND && !loginId.isEmpty() && !anonymousId.isEmpty()) {
      throw new IllegalArgumentException("A record takes one id at a time from its user");
    }
    keyed = List.copyOf(keyed);
  }

  /** Of a record without further ids. */
  public Identifiers(String loginId, String anonymousId, Link link) {
    this(loginId, anonymousId, link, List.of());
  }

  /** Of a record that joins both ids or does nothing with them. */
  public Identifiers(String loginId, String anonymousId, boolean bind) {
    this(loginId, anonymousId, bind ? Link.BIND : Link.NONE);
  }
}
