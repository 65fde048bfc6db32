package io.tenure.profile.store.seal;

import io.tenure.platform.seal.SealingKey;
import io.tenure.platform.seal.ValueCipher;
import io.tenure.profile.domain.UserKey;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of one user. Mostly one; two when two processes made the first at the same time, which
 * harms nobody, because sealed text names its key.
 */
final class Keyring {

  /** No JSON starts with it, so nobody can send a value that looks sealed. */
  static final char MARK = '~';

  static final int ID_LENGTH = 8;

  private final UserKey user;
  private final SortedMap<String, SealingKey> keys;

  Keyring(UserKey user, SortedMap<String, SealingKey> keys) {
    this.user = user;
    this.keys = new TreeMap<>(keys);
  }

  static boolean isSealed(String text) {
    return !text.isEmpty() && text.charAt(0) == MARK;
  }

  /** Whether a sealed text would be sealed another way today. */
  static boolean isByAnotherCipher(String text, ValueCipher cipher) {
    int letter = 1 + ID_LENGTH;
    return text.length() <= letter || text.charAt(letter) != cipher.letter();
  }

  /** Sealed, by the first key. */
  String seal(ValueCipher cipher, String name, String text) {
    String id = keys.firstKey();
    SealingKey key = keys.get(id);
    return key == null || isSealed(text) ? text : MARK + id + key.seal(cipher, text, place(name));
  }

  /** Opened; as it is when its key is gone, so that nothing is lost by reading and writing it. */
  String open(String name, String text) {
    int start = 1 + ID_LENGTH;
    if (text.length() <= start) {
      return text;
    }
    SealingKey key = keys.get(text.substring(1, start));
    return key == null ? text : key.open(text.substring(start), place(name)).orElse(text);
  }

  private String place(String name) {
    return user.project() + "/" + user.number() + "/" + name;
  }
}
