package io.tenure.profile.domain.merge;

import io.tenure.profile.domain.merge.Overrides.Override;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The merges of a project that hold: who leads to whom. */
final class MergeTree {

  private final Map<Long, Merge> byAbsorbed = new HashMap<>();

  MergeTree(List<Merge> holding) {
    holding.forEach(merge -> byAbsorbed.put(merge.absorbed(), merge));
  }

  /** Into whom a user was merged directly. */
  Optional<Merge> above(long number) {
    return Optional.ofNullable(byAbsorbed.get(number));
  }

  /** The survivor of all. */
  long root(long number) {
    long at = number;
    for (int hop = 0; hop <= byAbsorbed.size(); hop++) {
      @Nullable Merge merge = byAbsorbed.get(at);
      if (merge == null) {
        return at;
      }
      at = merge.survivor();
    }
    throw new IllegalStateException("Merges form a circle");
  }

  /** The overrides of a user and of all who lead to it. */
  List<Override> overrides(long number) {
    List<Override> overrides = new ArrayList<>();
    byAbsorbed.forEach(
        (old, merge) -> {
          if (passes(old, number)) {
            overrides.add(new Override(old, root(old)));
          }
        });
    return overrides;
  }

  private boolean passes(long from, long number) {
    for (long at = from; ; at = byAbsorbed.get(at).survivor()) {
      if (at == number) {
        return true;
      }
      if (!byAbsorbed.containsKey(at)) {
        return false;
      }
    }
  }
}
