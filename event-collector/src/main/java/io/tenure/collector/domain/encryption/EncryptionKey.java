package io.tenure.collector.domain.encryption;

import java.time.Instant;

/**
 * What everybody may know of a key.
 *
 * @param version by what an SDK names it: a number, or any text for a pre-shared key
 * @param publicKey X.509 in base64; empty for a pre-shared key
 * @param publicPoint uncompressed, in hexadecimal; only of elliptic curves
 */
public record EncryptionKey(
    KeyScheme scheme,
    String version,
    State state,
    String publicKey,
    String publicPoint,
    Instant createTime,
    Instant updateTime) {

  /** What a key still does. */
  public enum State {
    /** Handed to SDKs and decrypts. */
    ACTIVE,
    /** Decrypts. */
    RETIRED,
    /** Nothing; its private part is gone. */
    DESTROYED
  }

  /** Unique in its project. */
  public String id() {
    return scheme.label() + "-" + version;
  }

  /** The same key in another state. */
  public EncryptionKey in(State next, Instant time) {
    return new EncryptionKey(scheme, version, next, publicKey, publicPoint, createTime, time);
  }

  /** The version as a number; 0 when it is none. */
  public int number() {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException text) {
      return 0;
    }
  }
}
