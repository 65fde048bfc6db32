package io.tenure.collector.domain.record;

import java.util.List;

/**
 * Whom a record is about, as the sender says; which user that is, profile-service decides.
 *
 * @param loginId login id; empty when the record carries none
 * @param anonymousId device id; empty when the record carries none
 * @param link what the record says about its ids
 * @param keyed every id under its own key, each once; empty when there are only login id and device
 *     id, whose keys are {@link KeyedId#LOGIN} and {@link KeyedId#ANONYMOUS}, as in most records
 */
public record Identity(String loginId, String anonymousId, Link link, List<KeyedId> keyed) {

  /** Longest id kept. */
  public static final int MAX_LENGTH = 255;

  /** Nobody: what an item is about. */
  public static final Identity NOBODY = new Identity("", "", Link.NONE);

  /** What a record says about its ids. */
  public enum Link {
    /** Nothing. */
    NONE,
    /** Both ids are one user. */
    BIND,
    /** The one id no longer is its user's. */
    UNBIND
  }

  /** Keeps its own copy of the further ids. */
  public Identity {
    keyed = List.copyOf(keyed);
  }

  /** Of a record with a login id and a device id at most. */
  public Identity(String loginId, String anonymousId, Link link) {
    this(loginId, anonymousId, link, List.of());
  }

  /** Of a record that joins both ids or says nothing about them. */
  public Identity(String loginId, String anonymousId, boolean bind) {
    this(loginId, anonymousId, bind ? Link.BIND : Link.NONE);
  }

  /** Whether the record says that both ids are one user. */
  public boolean bind() {
    return link == Link.BIND;
  }

  /** The same with every id under its own key; nothing to add when there are none. */
  public Identity with(List<KeyedId> ids) {
    return ids.isEmpty() ? this : new Identity(loginId, anonymousId, link, ids);
  }

  /** Whether there is any id. */
  public boolean isPresent() {
    return !loginId.isEmpty() || !anonymousId.isEmpty();
  }
}
