package io.tenure.collector.domain.encryption;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** A key with its private part, ready to open what was encrypted for it. */
public final class HeldKey {

  private final EncryptionKey key;
  private final @Nullable KeyUnwrapping unwrapping;

  /** A key whose private part is gone. */
  public HeldKey(EncryptionKey key) {
    this(key, (KeyUnwrapping) null);
  }

  /**
   * A key.
   *
   * @param secret PKCS#8, or the bare bytes of a pre-shared key
   * @throws IllegalArgumentException when the scheme can't use it
   */
  public HeldKey(EncryptionKey key, byte[] secret) {
    this(key, KeyUnwrapping.of(key.scheme(), secret));
  }

  private HeldKey(EncryptionKey key, @Nullable KeyUnwrapping unwrapping) {
    this.key = key;
    this.unwrapping = unwrapping;
  }

  /** The same private part, with something else to be known of it. */
  HeldKey in(EncryptionKey next) {
    return new HeldKey(next, unwrapping);
  }

  /** What everybody may know of it. */
  public EncryptionKey key() {
    return key;
  }

  /** Whether it may be able to open an envelope. */
  boolean isFor(Envelope envelope) {
    if (unwrapping == null) {
      return false;
    }
    return switch (envelope) {
      case Envelope.Wrapped wrapped ->
          key.scheme() != KeyScheme.PRESHARED_AES && key.version().equals(wrapped.version());
      case Envelope.Preshared preshared ->
          key.scheme() == KeyScheme.PRESHARED_AES && key.version().equals(preshared.keyId());
    };
  }

  /**
   * The key of the records.
   *
   * @param wrapped encrypted with the public part; not looked at by a pre-shared key
   */
  RecordKey unwrap(byte[] wrapped) throws GeneralSecurityException {
    if (unwrapping == null) {
      throw new GeneralSecurityException("The private part is gone");
    }
    byte[] recordKey = unwrapping.unwrap(wrapped);
    SymmetricCipher cipher = key.scheme().cipher();
    if (!cipher.takes(recordKey)) {
      throw new GeneralSecurityException("Not a key");
    }
    return new RecordKey(cipher, recordKey);
  }
}
