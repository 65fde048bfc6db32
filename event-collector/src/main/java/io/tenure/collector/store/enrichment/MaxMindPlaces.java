package io.tenure.collector.store.enrichment;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import io.tenure.collector.domain.enrichment.Place;
import io.tenure.collector.domain.enrichment.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a MaxMind DB file that the operator supplies and may replace or take away while this runs. A
 * copy is mapped, because a mapped file that somebody writes over would break every reader. A file
 * that can't be read leaves what was read before in force.
 */
public final class MaxMindPlaces implements Places {

  private static final Logger LOG = LoggerFactory.getLogger(MaxMindPlaces.class);
  private static final String COPY = "places.mmdb";

  private final Path file;
  private final Path directory;
  private final List<String> languages;
  private volatile @Nullable Open open;
  private @Nullable Version tried;

  /**
   * Places of a file, which need not be there yet.
   *
   * @param directory for the copy
   * @param languages of names, best first, as the file calls them
   */
  public MaxMindPlaces(Path file, Path directory, List<String> languages) {
    this.file = file;
    this.directory = directory;
    this.languages = List.copyOf(languages);
    refresh();
  }

  private record Version(FileTime time, long size, @Nullable Object key) {}

  /** A reader, and whether it is known to be damaged. */
  private static final class Open {
    private final Reader reader;
    private volatile boolean reported;

    Open(Reader reader) {
      this.reader = reader;
    }
  }

  @Override
  public Place of(InetAddress address) {
    Open now = open;
    if (now == null) {
      return Place.UNKNOWN;
    }
    try {
      Map<?, ?> found = now.reader.get(address, Map.class);
      return found == null ? Place.UNKNOWN : place(found);
    } catch (IOException | RuntimeException | InternalError damage) {
      if (!now.reported) {
        now.reported = true;
        LOG.warn("{} is damaged: some events get no place", file, damage);
      }
      return Place.UNKNOWN;
    }
  }

  /** Readers are not closed: somebody may be asking them. What is mapped goes with them. */
  @Override
  public synchronized void refresh() {
    Version version = version();
    if (version == null) {
      if (open != null || tried == null) {
        LOG.warn("There is no {}: events get no place", file);
      }
      tried = new Version(FileTime.fromMillis(0), -1, null);
      open = null;
      return;
    }
    if (!version.equals(tried)) {
      tried = version;
      load();
    }
  }

  private @Nullable Version version() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.isRegularFile()
          ? new Version(now.lastModifiedTime(), now.size(), now.fileKey())
          : null;
    } catch (IOException absent) {
      return null;
    }
  }

  private void load() {
    try {
      Reader reader = reader();
      open = new Open(reader);
      LOG.info(
          "Places of {}: {} of {}",
          file,
          reader.getMetadata().databaseType(),
          reader.getMetadata().buildTime());
    } catch (IOException | RuntimeException unreadable) {
      LOG.error(
          "{} is not a MaxMind DB that can be read: {}",
          file,
          open == null ? "events get no place" : "the file before it stays in force",
          unreadable);
    }
  }

  private Reader reader() throws IOException {
    Files.createDirectories(directory);
    Path copy = directory.resolve(COPY);
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    try {
      return new Reader(copy.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache());
    } finally {
      // What is mapped stays until nobody maps it.
      Files.deleteIfExists(copy);
    }
  }

  private Place place(Map<?, ?> found) {
    String province =
        found.get("subdivisions") instanceof List<?> list && !list.isEmpty()
            ? name(list.getFirst())
            : "";
    return new Place(name(found.get("country")), province, name(found.get("city")));
  }

  private String name(@Nullable Object of) {
    if (of instanceof Map<?, ?> map && map.get("names") instanceof Map<?, ?> names) {
      for (String language : languages) {
        if (names.get(language) instanceof String name) {
          return name;
        }
      }
    }
    return "";
  }
}
