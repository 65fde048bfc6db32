package io.tenure.collector.store.catalogue;

import io.tenure.collector.domain.plan.Dispute;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.collector.store.catalogue.CatalogueTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The names of one project, in memory. */
final class CatalogueNames {

  private final Map<Scope, Map<String, Entry>> scopes = new EnumMap<>(Scope.class);
  private final Set<Key> open = ConcurrentHashMap.newKeySet();
  private final Map<Key, Dispute> disputes = new ConcurrentHashMap<>();
  private volatile String version = "";

  CatalogueNames() {
    for (Scope scope : Scope.values()) {
      scopes.put(scope, new ConcurrentHashMap<>());
    }
  }

  /** A name in its scope. */
  record Key(Scope scope, String name) {

    static Key of(TypedName name) {
      return new Key(name.scope(), name.name());
    }
  }

  /** One name. */
  static final class Entry {
    private final @Nullable PropertyType type;
    private final boolean agreed;
    private final Instant firstSeen;
    private final LongAdder count = new LongAdder();
    private volatile Instant lastSeen;
    private volatile boolean changed;

    Entry(Row row) {
      this.type = row.name().type();
      this.agreed = row.agreed();
      this.firstSeen = row.name().firstSeen();
      this.lastSeen = row.name().lastSeen();
      this.count.add(row.name().count());
    }

    @Nullable PropertyType type() {
      return type;
    }

    /** Whether it is the type all collectors agreed on. */
    boolean agreed() {
      return agreed;
    }

    private Row row(Key key) {
      return new Row(
          new LearnedName(key.scope(), key.name(), type, count.sum(), firstSeen, lastSeen), agreed);
    }
  }

  @Nullable Entry find(TypedName name) {
    return find(Key.of(name));
  }

  @Nullable Entry find(Key key) {
    return in(key.scope()).get(key.name());
  }

  int size(Scope scope) {
    return in(scope).size();
  }

  /** A name as it would be with this type; what was counted stays. */
  Row row(TypedName name, Instant time, boolean agreed) {
    Entry before = find(name);
    return new Row(
        new LearnedName(
            name.scope(),
            name.name(),
            name.type(),
            before == null ? 0 : before.count.sum(),
            before == null ? time : before.firstSeen,
            before == null ? time : before.lastSeen),
        agreed);
  }

  void put(Row row) {
    Key key = new Key(row.name().scope(), row.name().name());
    if (!row.agreed()) {
      open.add(key);
    }
    in(key.scope()).put(key.name(), new Entry(row));
    if (row.agreed()) {
      open.remove(key);
    }
  }

  /** To be told before the name itself, so that nobody takes it for undisputed in between. */
  void put(Key key, Dispute dispute) {
    disputes.put(key, dispute);
  }

  void count(TypedName name, Instant time) {
    Entry entry = find(name);
    if (entry != null) {
      entry.count.increment();
      entry.lastSeen = time;
      entry.changed = true;
    }
  }

  boolean isOpen(Key key) {
    return open.contains(key);
  }

  @Nullable Dispute dispute(Key key) {
    return disputes.get(key);
  }

  boolean isUndisputed() {
    return open.isEmpty() && disputes.isEmpty();
  }

  /** The decisions these names follow. */
  String version() {
    return version;
  }

  void follow(String decisions) {
    version = decisions;
  }

  /** Names to propose: those not agreed on, or all. */
  List<TypedName> proposals(boolean all) {
    return list().stream()
        .filter(row -> all || isOpen(new Key(row.scope(), row.name())))
        .map(row -> new TypedName(row.scope(), row.name(), row.type(), false))
        .toList();
  }

  List<LearnedName> list() {
    List<LearnedName> rows = new ArrayList<>();
    scopes.forEach(
        (scope, names) ->
            names.forEach((name, entry) -> rows.add(entry.row(new Key(scope, name)).name())));
    rows.sort(Comparator.comparing(LearnedName::scope).thenComparing(LearnedName::name));
    return rows;
  }

  /** What was counted since the last time. */
  List<Row> takeChanged() {
    List<Row> rows = new ArrayList<>();
    scopes.forEach(
        (scope, names) ->
            names.forEach(
                (name, entry) -> {
                  if (entry.changed) {
                    entry.changed = false;
                    rows.add(entry.row(new Key(scope, name)));
                  }
                }));
    return rows;
  }

  private Map<String, Entry> in(Scope scope) {
    Map<String, Entry> names = scopes.get(scope);
    if (names == null) {
      throw new IllegalStateException("No scope " + scope);
    }
    return names;
  }
}
