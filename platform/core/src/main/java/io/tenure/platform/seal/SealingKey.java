package io.tenure.platform.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with 32 secret bytes. The same text at the same place always gives the same sealed
 * text, so that writing it again changes nothing: the nonce is a keyed hash of place and text (the
 * construction of SIV, RFC 5297). All it tells is that a value is again what it was before.
 *
 * <p>Cipher and nonce get keys of their own from the secret (HKDF, RFC 5869). Sealed text is the
 * letter of its cipher and Base64 of nonce, text and tag; with the wrong key, or moved to another
 * place, it does not open.
 */
public final class SealingKey {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final byte[] secret;
  private final SecretKeySpec nonces;
  private final Map<ValueCipher, byte[]> keys = new EnumMap<>(ValueCipher.class);

  /** A key of 32 secret bytes. */
  public SealingKey(byte[] secret) {
    if (secret.length != 32) {
      throw new IllegalArgumentException("A sealing key has 32 bytes");
    }
    this.secret = secret.clone();
    this.nonces = new SecretKeySpec(derived("tenure nonce", 32), "HmacSHA256");
    for (ValueCipher cipher : ValueCipher.values()) {
      keys.put(cipher, derived("tenure " + cipher, cipher.keyBytes()));
    }
  }

  /** The secret, to be sealed by another key. */
  public byte[] secret() {
    return secret.clone();
  }

  /**
   * Seals a text.
   *
   * @param place where it will lie; it opens nowhere else
   */
  public String seal(ValueCipher cipher, String text, String place) {
    return seal(cipher, text.getBytes(StandardCharsets.UTF_8), place);
  }

  /** As {@link #seal(ValueCipher, String, String)}, for bytes. */
  public String seal(ValueCipher cipher, byte[] plain, String place) {
    byte[] where = place.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] nonce = nonce(cipher, plain, where);
      byte[] sealed = cipher.run(true, key(cipher), nonce, where, plain);
      byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
      return cipher.letter() + ENCODER.encodeToString(whole);
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("A text can't be sealed", exception);
    }
  }

  /** Opens a sealed text; empty when the key or the place is another. */
  public Optional<String> open(String sealed, String place) {
    return openBytes(sealed, place).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** As {@link #open}, for bytes. */
  public Optional<byte[]> openBytes(String sealed, String place) {
    try {
      ValueCipher cipher = ValueCipher.of(sealed.charAt(0));
      byte[] whole = Base64.getUrlDecoder().decode(sealed.substring(1));
      byte[] nonce = Arrays.copyOf(whole, ValueCipher.NONCE_BYTES);
      byte[] text = Arrays.copyOfRange(whole, ValueCipher.NONCE_BYTES, whole.length);
      byte[] where = place.getBytes(StandardCharsets.UTF_8);
      return Optional.of(cipher.run(false, key(cipher), nonce, where, text));
    } catch (GeneralSecurityException | RuntimeException other) {
      return Optional.empty();
    }
  }

  private byte[] key(ValueCipher cipher) throws GeneralSecurityException {
    byte[] key = keys.get(cipher);
    if (key == null) {
      throw new GeneralSecurityException("There is a key for each cipher");
    }
    return key;
  }

  private byte[] nonce(ValueCipher cipher, byte[] plain, byte[] place)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(nonces);
    mac.update((byte) cipher.letter());
    mac.update(Integer.toString(place.length).getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) ':');
    mac.update(place);
    return Arrays.copyOf(mac.doFinal(plain), ValueCipher.NONCE_BYTES);
  }

  private byte[] derived(String use, int bytes) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.expandOnly(
                  new SecretKeySpec(secret, "HKDF"), use.getBytes(StandardCharsets.UTF_8), bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has HKDF", impossible);
    }
  }
}
