package io.tenure.standalone.runtime;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of what is known about people. Made on first start and kept in a file only its owner can
 * read. They are no part of a backup: who has a backup and not this file reads no personal trait.
 *
 * @param master keys that seal the users' keys, by name, 32 bytes in Base64 each
 * @param active name of the one that seals
 * @param tombstone 32 bytes in Base64, by which erased people are recognised
 * @param receipt private key that signs receipts of erasures, PKCS#8 in Base64
 */
public record KeyFile(Map<String, String> master, String active, String tombstone, String receipt) {

  /** Its name in the directory of an installation. */
  public static final String NAME = "keys.json";

  private static final String FIRST = "first";

  /** The file in a directory. */
  public static Path fileIn(Path directory) {
    return directory.resolve(NAME);
  }

  /** The keys of a directory, made if there are none. */
  public static KeyFile in(Path directory) {
    try {
      Path file = fileIn(directory);
      if (Files.exists(file)) {
        return Json.MAPPER.readValue(file, KeyFile.class);
      }
      KeyFile fresh = new KeyFile(Map.of(FIRST, random()), FIRST, random(), signing());
      fresh.save(file);
      return fresh;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** The profile service's own settings. */
  Map<String, String> settings() {
    Map<String, String> values = new TreeMap<>();
    master.forEach((name, key) -> values.put("tenure.profile.sealing.keys." + name, key));
    values.put("tenure.profile.sealing.active", active);
    values.put("tenure.profile.erasure.key", tombstone);
    values.put("tenure.profile.erasure.receipt-key", receipt);
    return values;
  }

  private void save(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String signing() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("The JDK has Ed25519", impossible);
    }
  }
}
