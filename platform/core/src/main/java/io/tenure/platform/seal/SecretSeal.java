package io.tenure.platform.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets with AES-256-GCM before they reach a store. A sealed secret opens only at its own
 * place, so it can't be copied to another one. Without a key secrets are kept as they are; a
 * service for which that is too little asks {@link #hasKey()} first.
 */
public final class SecretSeal {

  private static final String SEALED = "gcm:";
  private static final String PLAIN = "plain:";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final @Nullable SecretKey key;
  private final String setting;
  private final SecureRandom random = new SecureRandom();

  /**
   * A seal.
   *
   * @param base64Key 32 bytes in Base64; empty for none
   * @param setting where the key is configured, named when something is wrong with it
   */
  public SecretSeal(String base64Key, String setting) {
    this.setting = setting;
    this.key = base64Key.isEmpty() ? null : key(base64Key, setting);
  }

  /** Whether what it seals can't be read. */
  public boolean hasKey() {
    return key != null;
  }

  private static SecretKey key(String base64Key, String setting) {
    byte[] bytes = Base64.getDecoder().decode(base64Key);
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(setting + " must be 32 bytes in Base64");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /**
   * Seals a secret.
   *
   * @param place where it will lie; it opens nowhere else
   */
  public String seal(String secret, String place) {
    SecretKey present = key;
    if (present == null) {
      return PLAIN + secret;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] text = secret.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, present, nonce, place, text);
    byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
    return SEALED + Base64.getEncoder().encodeToString(whole);
  }

  /**
   * Opens a sealed secret.
   *
   * @throws IllegalStateException when the key is missing or another, or the place is another
   */
  public String open(String stored, String place) {
    if (stored.startsWith(PLAIN)) {
      return stored.substring(PLAIN.length());
    }
    SecretKey present = key;
    if (present == null) {
      throw new IllegalStateException("A secret is sealed, but " + setting + " is not set");
    }
    byte[] whole = Base64.getDecoder().decode(stored.substring(SEALED.length()));
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
    return new String(
        cipher(Cipher.DECRYPT_MODE, present, nonce, place, sealed), StandardCharsets.UTF_8);
  }

  private static byte[] cipher(int mode, SecretKey key, byte[] nonce, String place, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("A secret can't be sealed or opened", exception);
    }
  }
}
