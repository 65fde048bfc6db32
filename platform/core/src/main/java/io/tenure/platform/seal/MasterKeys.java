package io.tenure.platform.seal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys that seal other keys. There may be several, so that the active one can be changed
 * without a pause: what another one sealed still opens until it is sealed anew and that key can be
 * taken away.
 */
public final class MasterKeys {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");

  private final Map<String, SealingKey> keys = new TreeMap<>();
  private final String active;
  private final ValueCipher cipher;
  private final SecureRandom random = new SecureRandom();

  /**
   * Keys as they are configured.
   *
   * @param base64Keys 32 bytes in Base64, by name; empty for none
   * @param active name of the one that seals; may be empty when there is at most one
   * @param setting where they are configured, named when something is wrong with them
   */
  public MasterKeys(
      Map<String, String> base64Keys, String active, ValueCipher cipher, String setting) {
    base64Keys.forEach(
        (name, key) -> {
          if (!key.isBlank()) {
            keys.put(checked(name, setting), key(name, key, setting));
          }
        });
    this.cipher = cipher;
    this.active = active.isEmpty() && keys.size() == 1 ? keys.keySet().iterator().next() : active;
    if (!keys.isEmpty() && !keys.containsKey(this.active)) {
      throw new IllegalArgumentException(
          setting + ".active must name one of the keys " + keys.keySet());
    }
  }

  /** Whether anything can be sealed. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The names of all keys. */
  public Set<String> names() {
    return new TreeSet<>(keys.keySet());
  }

  /** The name of the key that seals; empty for none. */
  public String active() {
    return active;
  }

  /** The cipher for keys and values. */
  public ValueCipher cipher() {
    return cipher;
  }

  /** A key that nobody ever had. */
  public SealingKey fresh() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    return new SealingKey(secret);
  }

  /** Seals a key with the active master key. */
  public Wrapped wrap(SealingKey key, String place) {
    return new Wrapped(active, master(active).seal(cipher, key.secret(), place));
  }

  /** Opens a sealed key; empty when its master key is not here, or the place is another. */
  public Optional<SealingKey> open(Wrapped wrapped, String place) {
    return Optional.ofNullable(keys.get(wrapped.master()))
        .flatMap(master -> master.openBytes(wrapped.text(), place))
        .map(SealingKey::new);
  }

  /**
   * A sealed key.
   *
   * @param master name of the key that opens it
   */
  public record Wrapped(String master, String text) {}

  private SealingKey master(String name) {
    SealingKey key = keys.get(name);
    if (key == null) {
      throw new IllegalStateException("There is no master key to seal with");
    }
    return key;
  }

  private static String checked(String name, String setting) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A key of " + setting + " has a name of 1 to 31 small letters, digits and hyphens");
    }
    return name;
  }

  private static SealingKey key(String name, String base64, String setting) {
    try {
      return new SealingKey(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          setting + ".keys." + name + " must be 32 bytes in Base64", wrong);
    }
  }
}
