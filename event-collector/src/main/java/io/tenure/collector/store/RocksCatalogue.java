package io.tenure.collector.store;

import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue of one collector: all of it in memory, and every type in a small database of its
 * own before anybody can see it. New names are rare, so one lock and one synchronous write for them
 * cost nothing that counts. Counts are written now and then.
 */
public final class RocksCatalogue implements Catalogue {

  private static final Logger LOG = LoggerFactory.getLogger(RocksCatalogue.class);
  private static final long SAVE_INTERVAL = Duration.ofSeconds(10).toMillis();

  static {
    RocksDB.loadLibrary();
  }

  /**
   * How many names a project may have.
   *
   * @param events most names of events
   * @param properties most names of properties of events
   * @param traits most names of traits
   */
  public record Room(int events, int properties, int traits) {

    int of(Scope scope) {
      return switch (scope) {
        case EVENT -> events;
        case PROPERTY -> properties;
        case TRAIT -> traits;
      };
    }
  }

  private final Room room;
  private final Options options;
  private final WriteOptions durable = new WriteOptions().setSync(true);
  private final WriteOptions lazy = new WriteOptions();
  private final RocksDB db;
  private final Map<ProjectId, CatalogueNames> projects = new ConcurrentHashMap<>();
  private final AtomicLong nextSave = new AtomicLong();

  /** Opens or makes a catalogue. */
  public RocksCatalogue(Path directory, Room room) {
    this.room = room;
    this.options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(4L << 20)
            .setMaxBackgroundJobs(1)
            .setKeepLogFileNum(2);
    try {
      Files.createDirectories(directory);
      this.db = RocksDB.open(options, directory.toString());
      load();
    } catch (RocksDBException exception) {
      throw new IllegalStateException("The catalogue does not open", exception);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Override
  public Lesson learn(ProjectId project, List<TypedName> names, Instant time) {
    CatalogueNames known = projects.computeIfAbsent(project, asked -> new CatalogueNames());
    for (TypedName name : names) {
      CatalogueNames.@Nullable Entry entry = known.find(name);
      if (entry == null || entry.type() != name.type()) {
        if (entry != null && !name.planned()) {
          return conflict(name, entry);
        }
        Lesson lesson = learnNew(project, known, names, time);
        if (!(lesson instanceof Lesson.Learned)) {
          return lesson;
        }
        break;
      }
    }
    names.forEach(name -> known.count(name, time));
    saveNowAndThen(time);
    return new Lesson.Learned();
  }

  @Override
  public Lesson compare(ProjectId project, List<TypedName> names) {
    CatalogueNames known = projects.get(project);
    return known == null ? new Lesson.Learned() : fresh(known, names, new ArrayList<>());
  }

  @Override
  public List<LearnedName> list(ProjectId project) {
    CatalogueNames known = projects.get(project);
    return known == null ? List.of() : known.list();
  }

  /** What is new is written first and seen by others afterwards. */
  private synchronized Lesson learnNew(
      ProjectId project, CatalogueNames known, List<TypedName> names, Instant time) {
    List<TypedName> fresh = new ArrayList<>();
    Lesson lesson = fresh(known, names, fresh);
    if (lesson instanceof Lesson.Learned) {
      write(project, fresh, time);
      fresh.forEach(name -> known.put(name, time));
    }
    return lesson;
  }

  private Lesson fresh(CatalogueNames known, List<TypedName> names, List<TypedName> fresh) {
    int[] added = new int[Scope.values().length];
    for (TypedName name : names) {
      CatalogueNames.@Nullable Entry entry = known.find(name);
      if (entry != null && entry.type() == name.type()) {
        continue;
      }
      if (entry != null && !name.planned()) {
        return conflict(name, entry);
      }
      if (entry == null && !name.planned()) {
        int size = known.size(name.scope()) + ++added[name.scope().ordinal()];
        if (size > room.of(name.scope())) {
          return new Lesson.Full(name.scope());
        }
      }
      fresh.add(name);
    }
    return new Lesson.Learned();
  }

  private static Lesson conflict(TypedName name, CatalogueNames.Entry entry) {
    PropertyType type = entry.type();
    return type == null ? new Lesson.Learned() : new Lesson.Conflict(name, type);
  }

  private void write(ProjectId project, List<TypedName> names, Instant time) {
    if (names.isEmpty()) {
      return;
    }
    try (WriteBatch batch = new WriteBatch()) {
      for (TypedName name : names) {
        LearnedName row = new LearnedName(name.scope(), name.name(), name.type(), 0, time, time);
        batch.put(key(project, row), CatalogueNames.encode(row));
      }
      db.write(durable, batch);
    } catch (RocksDBException exception) {
      LOG.warn("New names could not be written", exception);
      throw Failure.unavailable("The collector can't write", Duration.ofSeconds(5));
    }
  }

  private void saveNowAndThen(Instant time) {
    long due = nextSave.get();
    if (time.toEpochMilli() >= due
        && nextSave.compareAndSet(due, time.toEpochMilli() + SAVE_INTERVAL)) {
      save();
    }
  }

  /** Only counts, so losing them in a crash does no harm. */
  private synchronized void save() {
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<ProjectId, CatalogueNames> project : projects.entrySet()) {
        for (LearnedName row : project.getValue().takeChanged()) {
          batch.put(key(project.getKey(), row), CatalogueNames.encode(row));
        }
      }
      db.write(lazy, batch);
    } catch (RocksDBException exception) {
      LOG.warn("The counts of names could not be written", exception);
    }
  }

  private void load() {
    try (RocksIterator rows = db.newIterator()) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        String[] key = new String(rows.key(), StandardCharsets.UTF_8).split("\0", 3);
        projects
            .computeIfAbsent(new ProjectId(key[0]), asked -> new CatalogueNames())
            .load(CatalogueNames.decode(Scope.valueOf(key[1]), key[2], rows.value()));
      }
    }
  }

  private static byte[] key(ProjectId project, LearnedName row) {
    return (project.value() + "\0" + row.scope() + "\0" + row.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    save();
    db.close();
    durable.close();
    lazy.close();
    options.close();
  }
}
