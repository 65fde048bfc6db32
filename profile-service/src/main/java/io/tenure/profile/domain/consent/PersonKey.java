package io.tenure.profile.domain.consent;

import io.tenure.profile.domain.identity.IdKind;

/**
 * A person, by the number of their user, or by an id that nobody has yet.
 *
 * @param text {@code n:}, {@code l:}, {@code d:} or {@code k:} and the number or id
 */
record PersonKey(String text) {

  static PersonKey of(long userNumber) {
    return new PersonKey("n:" + userNumber);
  }

  static PersonKey of(IdKind kind, String id) {
    return new PersonKey(
        switch (kind) {
          case LOGIN -> "l:" + id;
          case DEVICE -> "d:" + id;
          case KEYED -> "k:" + id;
        });
  }

  boolean isNumber() {
    return text.startsWith("n:");
  }

  /** The user's number; 0 when the key is an id. */
  long number() {
    return isNumber() ? Long.parseLong(text.substring(2)) : 0;
  }
}
