package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Keep;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.UnitType;
import io.tenure.platform.failure.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for the units of one subject: read once for all of them, and only when a split asks.
 * While nobody answers, nothing is known and nothing is kept. For one thread.
 */
final class KeptLookup {

  private final KeptScope scope;
  private final Function<UnitType, @Nullable String> ids;
  private @Nullable Map<Unit, Map<String, Kept>> known;
  private boolean failed;
  private boolean changed;

  /** A lookup of the units with these ids. */
  KeptLookup(KeptScope scope, Function<UnitType, @Nullable String> ids) {
    this.scope = scope;
    this.ids = ids;
  }

  /** Reads for many subjects at once. */
  static void read(KeptScope scope, Collection<KeptLookup> lookups) {
    Set<Unit> units = new HashSet<>();
    lookups.forEach(one -> units.addAll(one.units()));
    Map<Unit, Map<String, Kept>> found = Map.of();
    boolean failed = false;
    try {
      if (!units.isEmpty()) {
        found = scope.variants().find(scope.project(), units, scope.keeping());
      }
    } catch (Failure failure) {
      failed = true;
    }
    for (KeptLookup one : lookups) {
      one.known = found;
      one.failed = failed;
    }
  }

  private List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (UnitType type : scope.units()) {
      Unit unit = unit(type);
      if (unit != null) {
        units.add(unit);
      }
    }
    return units;
  }

  private @Nullable Unit unit(UnitType type) {
    String id = ids.apply(type);
    return id == null ? null : new Unit(type, id);
  }

  /** What is kept; null when nothing is, the unit has no id, or nobody answers. */
  @Nullable Kept of(KeptKey key) {
    Unit unit = unit(key.unit());
    return unit == null ? null : known().getOrDefault(unit, Map.of()).get(key.split());
  }

  private Map<Unit, Map<String, Kept>> known() {
    Map<Unit, Map<String, Kept>> found = known;
    if (found == null) {
      read(scope, List.of(this));
      found = known == null ? Map.of() : known;
    }
    return found;
  }

  /**
   * Keeps what outcomes want kept.
   *
   * @return false when something else was kept before; then the outcomes don't stand and have to be
   *     decided again, and each time fewer want something kept
   */
  boolean keep(Collection<Outcome> outcomes) {
    Map<Unit, Map<String, Kept>> wanted = wanted(outcomes);
    if (wanted.isEmpty() || failed || !scope.keeping()) {
      return true;
    }
    changed = true;
    try {
      add(scope.variants().keep(scope.project(), wanted));
    } catch (Failure failure) {
      failed = true;
    }
    return failed || outcomes.stream().map(Outcome::keep).allMatch(this::stands);
  }

  /** Two flags may test the same; then the first of them decides. */
  private Map<Unit, Map<String, Kept>> wanted(Collection<Outcome> outcomes) {
    Map<Unit, Map<String, Kept>> wanted = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      Keep keep = outcome.keep();
      Unit unit = keep == null ? null : unit(keep.key().unit());
      if (keep != null && unit != null) {
        wanted
            .computeIfAbsent(unit, _ -> new LinkedHashMap<>())
            .putIfAbsent(keep.key().split(), keep.kept());
      }
    }
    return wanted;
  }

  private void add(Map<Unit, Map<String, Kept>> kept) {
    Map<Unit, Map<String, Kept>> all = new HashMap<>(known());
    kept.forEach(
        (unit, splits) -> {
          Map<String, Kept> merged = new HashMap<>(all.getOrDefault(unit, Map.of()));
          merged.putAll(splits);
          all.put(unit, merged);
        });
    known = all;
  }

  private boolean stands(@Nullable Keep keep) {
    Kept now = keep == null ? null : of(keep.key());
    return keep == null || now == null || now.equals(keep.kept());
  }

  /** Whether something could not be read or kept. */
  boolean isFailed() {
    return failed;
  }

  /** Whether something was kept, or should have been. */
  boolean isChanged() {
    return changed;
  }
}
