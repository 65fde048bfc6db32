package io.tenure.standalone.runtime;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What an installation keeps secret. Made on first start and kept in a file only its owner can
 * read.
 *
 * @param username the administrator's name
 * @param password the administrator's password
 * @param project the first project
 * @param writeKey the first project's write key, for apps
 * @param secretKey the first project's secret key, for servers
 * @param sealKey 32 bytes in Base64 that seal what people entrust to us, such as signing secrets
 * @param storePassword password of the embedded stores, which listen on loopback only
 */
public record Secrets(
    String username,
    String password,
    String project,
    String writeKey,
    String secretKey,
    String sealKey,
    String storePassword) {

  private static final String FILE = "secrets.json";

  /** Whether a directory holds secrets already. */
  public static boolean existIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /** The file that holds them. */
  public static Path fileIn(Path directory) {
    return directory.resolve(FILE);
  }

  /** The secrets of a directory, made if there are none. */
  public static Secrets in(Path directory, String project, KeyTexts keys) {
    try {
      Path file = directory.resolve(FILE);
      if (Files.exists(file)) {
        return Json.MAPPER.readValue(file, Secrets.class);
      }
      SecureRandom random = new SecureRandom();
      Secrets secrets =
          new Secrets(
              "admin",
              text(random, 12),
              project,
              keys.writeKey(),
              keys.secretKey(),
              Base64.getEncoder().encodeToString(bytes(random, 32)),
              text(random, 24));
      secrets.save(file);
      return secrets;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** Makes the texts of keys; the gateway knows their form. */
  public interface KeyTexts {
    /** A new write key. */
    String writeKey();

    /** A new secret key. */
    String secretKey();
  }

  private void save(Path file) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String text(SecureRandom random, int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, bytes));
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] raw = new byte[count];
    random.nextBytes(raw);
    return raw;
  }
}
