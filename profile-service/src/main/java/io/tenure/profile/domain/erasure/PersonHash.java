package io.tenure.profile.domain.erasure;

import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * By what an erased person's ids are recognised without being kept: HMAC-SHA-256, cut to 128 bits.
 * Without the key nobody can try ids against it.
 */
public final class PersonHash {

  private static final int BYTES = 16;

  private final @Nullable SecretKeySpec key;

  /**
   * A hash with a key.
   *
   * @param base64Key 32 bytes in Base64; empty for none
   */
  public PersonHash(String base64Key) {
    if (base64Key.isBlank()) {
      this.key = null;
      return;
    }
    byte[] bytes = Base64.getDecoder().decode(base64Key.strip());
    if (bytes.length != 32) {
      throw new IllegalArgumentException("tenure.profile.erasure.key must be 32 bytes in Base64");
    }
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** Whether anything can be recognised. */
  public boolean hasKey() {
    return key != null;
  }

  /** Of an id or a number, with the word that says which. */
  String of(ProjectId project, String text) {
    SecretKeySpec present = key;
    if (present == null) {
      throw new IllegalStateException("There is no key to recognise erased people by");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(present);
      mac.update((project + "/").getBytes(StandardCharsets.UTF_8));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has HMAC", impossible);
    }
  }
}
