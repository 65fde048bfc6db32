package io.tenure.platform.embedded.clickhouse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine's library file: where the property or the environment says, else where this
 * module's build put it, looking upward from the working directory and from this class's own jar.
 */
final class EngineLocation {

  static final String PROPERTY = "tenure.engine.library";
  static final String VARIABLE = "TENURE_ENGINE_LIBRARY";
  private static final String LIBRARY = "libchdb.so";
  private static final Path PACKAGES = Path.of("node_modules", "@chdb");
  private static final Path MODULE = Path.of("platform", "embedded-clickhouse");

  private EngineLocation() {}

  static Path find() {
    for (String named : namedPlaces()) {
      Path path = Path.of(named);
      if (!Files.isRegularFile(path)) {
        throw new IllegalStateException(
            "no ClickHouse engine library at "
                + path
                + ", the place named by "
                + PROPERTY
                + " or "
                + VARIABLE);
      }
      return path.toAbsolutePath();
    }
    List<Path> starts = new ArrayList<>();
    starts.add(Path.of("").toAbsolutePath());
    ownJar().ifPresent(starts::add);
    for (Path start : starts) {
      for (Path directory = start; directory != null; directory = directory.getParent()) {
        Optional<Path> found = in(directory.resolve(PACKAGES)).or(inModule(directory));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new IllegalStateException(
        "the ClickHouse engine library for %s was not found in or above %s. Build the module platform/embedded-clickhouse (its build runs 'npm ci'), or name the file libchdb.so with -D%s=... or %s=..."
            .formatted(platform(), starts, PROPERTY, VARIABLE));
  }

  private static Supplier<Optional<Path>> inModule(Path directory) {
    return () -> in(directory.resolve(MODULE).resolve(PACKAGES));
  }

  private static Optional<Path> in(Path packages) {
    if (!Files.isDirectory(packages)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> candidates =
        Files.newDirectoryStream(packages, "lib-" + platform() + "*")) {
      for (Path candidate : candidates) {
        Path library = candidate.resolve(LIBRARY);
        if (Files.isRegularFile(library)) {
          return Optional.of(library);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> namedPlaces() {
    List<String> places = new ArrayList<>();
    addIfSet(places, System.getProperty(PROPERTY));
    addIfSet(places, System.getenv(VARIABLE));
    return places;
  }

  private static void addIfSet(List<String> places, @Nullable String place) {
    if (place != null && !place.isBlank()) {
      places.add(place);
    }
  }

  private static Optional<Path> ownJar() {
    try {
      CodeSource source = EngineLocation.class.getProtectionDomain().getCodeSource();
      return source == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()).toAbsolutePath());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The platform as the packages name it, such as {@code linux-x64}. */
  private static String platform() {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    return system + "-" + processor;
  }
}
