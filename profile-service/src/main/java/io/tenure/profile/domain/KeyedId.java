package io.tenure.profile.domain;

/**
 * An id under the key it was sent with; by the plan ID_MAPPING each key is a name space of its own.
 *
 * @param key holds no colon
 * @param value the id
 */
public record KeyedId(String key, String value) {

  /** The key of a record's login id. */
  public static final String LOGIN = "$identity_login_id";

  /** The key of a record's device id. */
  public static final String ANONYMOUS = "$identity_anonymous_id";

  private static final char COLON = ':';

  /** Needs both parts. */
  public KeyedId {
    if (key.isEmpty() || value.isEmpty() || key.indexOf(COLON) >= 0) {
      throw new IllegalArgumentException("An id has a key without a colon, and a value");
    }
  }

  /** As people and both stores write it; unambiguous, because no key holds a colon. */
  public String text() {
    return key + COLON + value;
  }

  /** Whether a text could be {@link #text} of an id. */
  public static boolean isText(String text) {
    int colon = text.indexOf(COLON);
    return colon > 0 && colon < text.length() - 1;
  }

  /** Reads {@link #text}. */
  public static KeyedId parse(String text) {
    int colon = text.indexOf(COLON);
    return new KeyedId(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
  }
}
