package io.tenure.collector.domain.record;

/**
 * An id under the key it was sent with.
 *
 * @param key for example {@code $identity_email}
 * @param value the id
 */
public record KeyedId(String key, String value) {

  /** The key of a login id. */
  public static final String LOGIN = "$identity_login_id";

  /** The key of a device id. */
  public static final String ANONYMOUS = "$identity_anonymous_id";

  /** Longest key kept. */
  public static final int MAX_KEY_LENGTH = 100;
}
