package io.tenure.standalone.backup;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import io.tenure.platform.seal.SealingKey;
import io.tenure.platform.seal.ValueCipher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Encrypts the files of one backup with its key: AES-256-GCM in segments, whose order and end are
 * authenticated (Tink's AES-GCM-HKDF streaming, the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár, 2015). A file opens only as the part of the backup it was written as.
 */
final class Vault {

  private static final int KEY_BYTES = 32;
  private static final int SEGMENT_BYTES = 1 << 20;

  private final String name;
  private final SealingKey key;
  private final AesGcmHkdfStreaming cipher;

  Vault(String name, SealingKey key) {
    this.name = name;
    this.key = key;
    try {
      this.cipher =
          new AesGcmHkdfStreaming(key.secret(), "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has AES-GCM", impossible);
    }
  }

  OutputStream closing(OutputStream sealed, String part) throws IOException {
    try {
      return cipher.newEncryptingStream(sealed, place(part));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has AES-GCM", impossible);
    }
  }

  InputStream opening(InputStream sealed, String part) throws IOException {
    try {
      return cipher.newDecryptingStream(sealed, place(part));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has AES-GCM", impossible);
    }
  }

  /** Proves that a text was written by who has the key. */
  String seal(String text) {
    return key.seal(ValueCipher.AES_256_GCM, text, name + " manifest");
  }

  boolean proves(String seal, String text) {
    return !seal.isEmpty() && key.open(seal, name + " manifest").filter(text::equals).isPresent();
  }

  private byte[] place(String part) {
    return ("tenure backup 1\n" + name + "\n" + part).getBytes(StandardCharsets.UTF_8);
  }
}
