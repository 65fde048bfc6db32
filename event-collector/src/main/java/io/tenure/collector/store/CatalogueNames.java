package io.tenure.collector.store;

import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The names of one project, in memory. */
final class CatalogueNames {

  private final Map<Scope, Map<String, Entry>> scopes = new EnumMap<>(Scope.class);

  CatalogueNames() {
    for (Scope scope : Scope.values()) {
      scopes.put(scope, new ConcurrentHashMap<>());
    }
  }

  /** One name. */
  static final class Entry {

    private final @Nullable PropertyType type;
    private final Instant firstSeen;
    private final LongAdder count = new LongAdder();
    private volatile Instant lastSeen;
    private volatile boolean changed;

    Entry(@Nullable PropertyType type, Instant firstSeen, Instant lastSeen) {
      this.type = type;
      this.firstSeen = firstSeen;
      this.lastSeen = lastSeen;
    }

    @Nullable PropertyType type() {
      return type;
    }
  }

  @Nullable Entry find(TypedName name) {
    return in(name.scope()).get(name.name());
  }

  int size(Scope scope) {
    return in(scope).size();
  }

  /** A planned type may replace a learned one; what was counted stays. */
  void put(TypedName name, Instant time) {
    Entry before = find(name);
    Entry entry = new Entry(name.type(), before == null ? time : before.firstSeen, time);
    if (before != null) {
      entry.count.add(before.count.sum());
    }
    in(name.scope()).put(name.name(), entry);
  }

  void load(LearnedName row) {
    Entry entry = new Entry(row.type(), row.firstSeen(), row.lastSeen());
    entry.count.add(row.count());
    in(row.scope()).put(row.name(), entry);
  }

  void count(TypedName name, Instant time) {
    Entry entry = find(name);
    if (entry != null) {
      entry.count.increment();
      entry.lastSeen = time;
      entry.changed = true;
    }
  }

  List<LearnedName> list() {
    List<LearnedName> rows = new ArrayList<>();
    scopes.forEach(
        (scope, names) -> names.forEach((name, entry) -> rows.add(row(scope, name, entry))));
    rows.sort(Comparator.comparing(LearnedName::scope).thenComparing(LearnedName::name));
    return rows;
  }

  /** What was counted since the last time. */
  List<LearnedName> takeChanged() {
    List<LearnedName> rows = new ArrayList<>();
    scopes.forEach(
        (scope, names) ->
            names.forEach(
                (name, entry) -> {
                  if (entry.changed) {
                    entry.changed = false;
                    rows.add(row(scope, name, entry));
                  }
                }));
    return rows;
  }

  private static LearnedName row(Scope scope, String name, Entry entry) {
    return new LearnedName(
        scope, name, entry.type, entry.count.sum(), entry.firstSeen, entry.lastSeen);
  }

  private Map<String, Entry> in(Scope scope) {
    Map<String, Entry> names = scopes.get(scope);
    if (names == null) {
      throw new IllegalStateException("No scope " + scope);
    }
    return names;
  }

  static byte[] encode(LearnedName row) {
    PropertyType type = row.type();
    return ((type == null ? "" : type.name())
            + "|"
            + row.count()
            + "|"
            + row.firstSeen().toEpochMilli()
            + "|"
            + row.lastSeen().toEpochMilli())
        .getBytes(StandardCharsets.UTF_8);
  }

  static LearnedName decode(Scope scope, String name, byte[] value) {
    String[] parts = new String(value, StandardCharsets.UTF_8).split("\\|", -1);
    return new LearnedName(
        scope,
        name,
        parts[0].isEmpty() ? null : PropertyType.valueOf(parts[0]),
        Long.parseLong(parts[1]),
        Instant.ofEpochMilli(Long.parseLong(parts[2])),
        Instant.ofEpochMilli(Long.parseLong(parts[3])));
  }
}
