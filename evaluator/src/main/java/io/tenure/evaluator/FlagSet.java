package io.tenure.evaluator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flags that are decided together. It never changes, so any number of threads may ask it; deciding
 * a flag that waits for no other makes no object.
 *
 * <p>A flag is decided in this order: disabled, lists, prerequisites, then rule by rule its
 * schedule, prerequisites and condition, hold-outs, what was kept, layer and enrolment, and at last
 * the variant.
 */
public final class FlagSet {

  private static final ReadyFlag.Others NO_OTHERS =
      flag -> {
        throw new IllegalStateException("Waits for no flag");
      };

  private final Map<String, ReadyFlag> flags = new LinkedHashMap<>();
  private final Needs needs;

  private FlagSet(Collection<Flag> flags) {
    this.needs = Needs.of(flags);
    for (Flag flag : flags.stream().sorted(Comparator.comparing(Flag::key)).toList()) {
      if (this.flags.put(flag.key(), new ReadyFlag(flag)) != null) {
        throw new IllegalArgumentException("Two flags have the key '" + flag.key() + "'");
      }
    }
  }

  /**
   * A set of flags.
   *
   * @throws IllegalArgumentException when two have one key, one waits for a flag that is not there,
   *     or they wait for each other in a circle
   */
  public static FlagSet of(Collection<Flag> flags) {
    FlagSet set = new FlagSet(flags);
    Set<String> settled = new HashSet<>();
    for (Flag flag : flags) {
      set.requireNoCircle(flag, new ArrayDeque<>(), settled);
    }
    return set;
  }

  private void requireNoCircle(Flag flag, Deque<String> path, Set<String> settled) {
    if (settled.contains(flag.key())) {
      return;
    }
    if (path.contains(flag.key())) {
      throw new IllegalArgumentException(
          "Flags wait for each other: " + String.join(" -> ", path) + " -> " + flag.key());
    }
    path.addLast(flag.key());
    flag.waitsFor()
        .forEach(
            key -> {
              ReadyFlag other = flags.get(key);
              if (other == null) {
                throw new IllegalArgumentException(
                    "The flag '" + flag.key() + "' waits for '" + key + "', which does not exist");
              }
              requireNoCircle(other.flag(), path, settled);
            });
    path.removeLast();
    settled.add(flag.key());
  }

  /** The flags, by key. */
  public List<Flag> flags() {
    return flags.values().stream().map(ReadyFlag::flag).toList();
  }

  /** What its decisions can depend on. */
  public Needs needs() {
    return needs;
  }

  /** What the decision of one flag can depend on, by itself and by those it waits for. */
  public Needs needs(String key) {
    Map<String, Flag> reached = new LinkedHashMap<>();
    reach(key, reached);
    return Needs.of(reached.values());
  }

  private void reach(String key, Map<String, Flag> reached) {
    ReadyFlag flag = flags.get(key);
    if (flag != null && reached.put(key, flag.flag()) == null) {
      flag.flag().waitsFor().forEach(other -> reach(other, reached));
    }
  }

  /** The keys, ascending. */
  public Set<String> keys() {
    return Collections.unmodifiableSet(flags.keySet());
  }

  /** What a flag serves; null when there is no such flag. */
  public @Nullable Outcome decide(String key, Subject subject, Instant now) {
    return decide(key, subject, now, null);
  }

  /**
   * The same, and why.
   *
   * @param trace hears every step, but not those of the flags that are waited for
   */
  public @Nullable Outcome decide(String key, Subject subject, Instant now, @Nullable Trace trace) {
    ReadyFlag flag = flags.get(key);
    return flag == null ? null : flag.decide(subject, now, others(flag, subject, now), trace);
  }

  /**
   * What a flag serves, followed by what the flags serve that had to be decided for it: of these
   * too something may have to be kept.
   *
   * @param trace hears every step of the flag itself
   * @return empty when there is no such flag
   */
  public List<Outcome> decideWithOthers(
      String key, Subject subject, Instant now, @Nullable Trace trace) {
    ReadyFlag flag = flags.get(key);
    if (flag == null) {
      return List.of();
    }
    Memory others = new Memory(subject, now);
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(flag.decide(subject, now, others, trace));
    outcomes.addAll(others.outcomes.values());
    return outcomes;
  }

  /** What every flag serves, by key. Each is decided once, also when others wait for it. */
  public List<Outcome> decideAll(Subject subject, Instant now) {
    Memory memory = new Memory(subject, now);
    List<Outcome> outcomes = new ArrayList<>(flags.size());
    for (String key : flags.keySet()) {
      outcomes.add(memory.outcome(key));
    }
    return outcomes;
  }

  private ReadyFlag.Others others(ReadyFlag flag, Subject subject, Instant now) {
    return flag.waits() ? new Memory(subject, now) : NO_OTHERS;
  }

  /** Remembers what was decided for one subject. */
  private final class Memory implements ReadyFlag.Others {

    private final Subject subject;
    private final Instant now;
    private final Map<String, Outcome> outcomes = new HashMap<>();

    Memory(Subject subject, Instant now) {
      this.subject = subject;
      this.now = now;
    }

    @Override
    public String variant(String flag) {
      return outcome(flag).variant();
    }

    Outcome outcome(String key) {
      Outcome known = outcomes.get(key);
      if (known == null) {
        ReadyFlag flag = flags.get(key);
        if (flag == null) {
          throw new IllegalStateException("No flag '" + key + "'");
        }
        known = flag.decide(subject, now, this, null);
        outcomes.put(key, known);
      }
      return known;
    }
  }
}
