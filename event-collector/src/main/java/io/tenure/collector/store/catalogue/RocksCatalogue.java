package io.tenure.collector.store.catalogue;

import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.Dispute;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.collector.store.catalogue.CatalogueNames.Key;
import io.tenure.collector.store.catalogue.CatalogueTable.Row;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue of one collector: all of it in memory, and every type in a small database of its
 * own before anybody can see it. New names are rare, so for them it asks the arbiter of all
 * collectors and writes synchronously; known ones cost a look into memory. While the arbiter is
 * away the first value here decides until {@link #exchange} hears what the arbiter says. Counts are
 * written now and then.
 */
public final class RocksCatalogue implements Catalogue {

  private static final Logger LOG = LoggerFactory.getLogger(RocksCatalogue.class);
  private static final long SAVE_INTERVAL = Duration.ofSeconds(10).toMillis();

  /**
   * How many names a project may have.
   *
   * @param events most names of events
   * @param properties most names of properties of events
   * @param traits most names of traits
   * @param items most names of properties of items
   */
  public record Room(int events, int properties, int traits, int items) {

    int of(Scope scope) {
      return switch (scope) {
        case EVENT -> events;
        case PROPERTY -> properties;
        case TRAIT -> traits;
        case ITEM -> items;
      };
    }
  }

  private final Room room;
  private final TypeArbiter arbiter;
  private final CatalogueTable table;
  private final Map<ProjectId, CatalogueNames> projects = new ConcurrentHashMap<>();
  private final AtomicLong nextSave = new AtomicLong();

  /** Whether the door may ask the arbiter; only {@link #exchange} finds out that it is back. */
  private volatile boolean arbiterAnswers;

  /** Opens or makes a catalogue; asks the arbiter after the first exchange. */
  public RocksCatalogue(Path directory, Room room, TypeArbiter arbiter) {
    this.room = room;
    this.arbiter = arbiter;
    this.table = new CatalogueTable(directory);
    table.read(
        new CatalogueTable.Visitor() {
          @Override
          public void name(ProjectId project, Row row) {
            known(project).put(row);
          }

          @Override
          public void dispute(ProjectId project, Key key, Dispute dispute) {
            known(project).put(key, dispute);
          }
        });
  }

  private CatalogueNames known(ProjectId project) {
    return projects.computeIfAbsent(project, asked -> new CatalogueNames());
  }

  @Override
  public Lesson learn(ProjectId project, List<TypedName> names, Instant time) {
    CatalogueNames known = known(project);
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
  public boolean isUndisputed(ProjectId project) {
    CatalogueNames known = projects.get(project);
    return known == null || known.isUndisputed();
  }

  @Override
  public Optional<Dispute> dispute(ProjectId project, Scope scope, String name) {
    CatalogueNames known = known(project);
    Key key = new Key(scope, name);
    if (known.isOpen(key)) {
      throw Failure.unavailable("A type is not agreed on yet", Duration.ofSeconds(1));
    }
    return Optional.ofNullable(known.dispute(key));
  }

  @Override
  public Optional<PropertyType> type(ProjectId project, Scope scope, String name) {
    CatalogueNames.@Nullable Entry entry = known(project).find(new Key(scope, name));
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.type());
  }

  @Override
  public List<LearnedName> list(ProjectId project) {
    CatalogueNames known = projects.get(project);
    return known == null ? List.of() : known.list();
  }

  @Override
  public void exchange(Instant now) {
    try {
      projects.forEach((project, known) -> exchange(project, known, now));
      arbiterAnswers = true;
    } catch (Failure away) {
      arbiterAnswers = false;
      throw away;
    }
  }

  /** An arbiter that has forgotten everything is told everything. */
  private void exchange(ProjectId project, CatalogueNames known, Instant now) {
    Optional<TypeArbiter.Decisions> news = arbiter.since(project, known.version());
    boolean forgotten = news.isPresent() && news.get().version().isEmpty();
    List<TypedName> proposals = known.proposals(forgotten);
    if (!proposals.isEmpty()) {
      adopt(project, known, arbiter.decide(project, proposals, false), now);
      news = arbiter.since(project, known.version());
    }
    if (news.isPresent()) {
      adopt(project, known, news.get().names(), now);
      known.follow(news.get().version());
    }
  }

  /** Without a lock while it asks; whatever changed in between is seen when it is written. */
  private Lesson learnNew(
      ProjectId project, CatalogueNames known, List<TypedName> names, Instant time) {
    List<TypedName> fresh = new ArrayList<>();
    Lesson lesson = fresh(known, names, fresh);
    if (!(lesson instanceof Lesson.Learned) || fresh.isEmpty()) {
      return lesson;
    }
    Optional<List<TypedName>> answer = ask(project, fresh);
    List<TypedName> decided = answer.orElse(fresh);
    for (int i = 0; i < fresh.size(); i++) {
      @Nullable PropertyType type = decided.get(i).type();
      if (type != null && type != fresh.get(i).type()) {
        adopt(project, known, List.of(decided.get(i)), time);
        return new Lesson.Conflict(fresh.get(i), type);
      }
    }
    return write(project, known, names, time, answer.isPresent());
  }

  private Optional<List<TypedName>> ask(ProjectId project, List<TypedName> proposals) {
    if (!arbiterAnswers) {
      return Optional.empty();
    }
    try {
      return Optional.of(arbiter.decide(project, proposals, true));
    } catch (Failure away) {
      arbiterAnswers = false;
      LOG.debug("New names are not agreed on: {}", away.text());
      return Optional.empty();
    }
  }

  /** What is new is written first and seen by others afterwards. */
  private synchronized Lesson write(
      ProjectId project,
      CatalogueNames known,
      List<TypedName> names,
      Instant time,
      boolean agreed) {
    List<TypedName> fresh = new ArrayList<>();
    Lesson lesson = fresh(known, names, fresh);
    if (lesson instanceof Lesson.Learned) {
      List<Row> rows =
          fresh.stream().map(name -> known.row(name, time, agreed || name.planned())).toList();
      table.write(project, rows, Map.of());
      rows.forEach(known::put);
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

  /** Follows what was decided. Only a type that was never agreed on can be disputed. */
  private synchronized void adopt(
      ProjectId project, CatalogueNames known, List<TypedName> decisions, Instant now) {
    List<Row> rows = new ArrayList<>();
    Map<Key, Dispute> disputes = new LinkedHashMap<>();
    for (TypedName decided : decisions) {
      CatalogueNames.@Nullable Entry entry = known.find(decided);
      if (entry != null && entry.agreed() && entry.type() == decided.type()) {
        continue;
      }
      rows.add(known.row(decided, now, true));
      @Nullable PropertyType lost = entry == null || entry.agreed() ? null : entry.type();
      @Nullable PropertyType type = decided.type();
      if (lost != null && type != null && lost != type) {
        disputes.put(Key.of(decided), new Dispute(lost, type, now));
        LOG.warn("A type learned for project {} gave way to another collector's", project);
      }
    }
    table.write(project, rows, disputes);
    disputes.forEach(known::put);
    rows.forEach(known::put);
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
    projects.forEach((project, names) -> table.writeCounts(project, names.takeChanged()));
  }

  @Override
  public synchronized void close() {
    save();
    table.close();
  }
}
