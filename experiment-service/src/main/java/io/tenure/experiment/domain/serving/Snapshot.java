package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.experiment.SplitKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The flags of a project as they were.
 *
 * @param version changes with every change; the same on every replica
 * @param flags the flags
 * @param runs what the flags test, by key of the flag; those that test nothing are left out
 * @param tested the experiments that deal units, by key
 * @param sticky kinds of units whose kept variants a flag asks for, by its key; those that ask for
 *     none are left out
 */
public record Snapshot(
    String version,
    FlagSet flags,
    Map<String, List<TestedRun>> runs,
    Map<String, Tested> tested,
    Map<String, Set<UnitType>> sticky) {

  /** Copies the maps. */
  public Snapshot {
    runs = Map.copyOf(runs);
    tested = Map.copyOf(tested);
    sticky = Map.copyOf(sticky);
  }

  static Snapshot of(String version, FlagSet flags, Map<String, List<TestedRun>> runs) {
    Map<String, Tested> tested = new HashMap<>();
    for (Flag flag : flags.flags()) {
      for (Rule rule : flag.rules()) {
        if (rule.serving() instanceof Serving.Split split && !split.key().isEmpty()) {
          SplitKey key = SplitKey.read(split.key());
          // An import has no phase.
          if (key.phase() > 0) {
            tested.put(key.experiment(), new Tested(key.phase(), flag, rule, split));
          }
        }
      }
    }
    return new Snapshot(version, flags, runs, tested, sticky(flags));
  }

  private static Map<String, Set<UnitType>> sticky(FlagSet flags) {
    Map<String, Set<UnitType>> sticky = new HashMap<>();
    if (!flags.needs().keptKeys().isEmpty()) {
      for (String key : flags.keys()) {
        Set<UnitType> units =
            flags.needs(key).keptKeys().stream()
                .map(KeptKey::unit)
                .collect(Collectors.toUnmodifiableSet());
        if (!units.isEmpty()) {
          sticky.put(key, units);
        }
      }
    }
    return sticky;
  }

  /** Kinds of units whose kept variants the decision of a flag can ask for. */
  Set<UnitType> stickyUnits(String flag) {
    return sticky.getOrDefault(flag, Set.of());
  }

  /** Kinds of units whose kept variants some flag can ask for. */
  Set<UnitType> stickyUnits() {
    return sticky.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The run that dealt.
   *
   * @param split key of the split that did; empty when none did
   */
  Optional<TestedRun> dealing(String flag, String split) {
    SplitKey key = SplitKey.read(split);
    return split.isEmpty()
        ? Optional.empty()
        : runs(flag).stream().filter(run -> run.split().equals(key)).findFirst();
  }

  /** The runs a flag tests, in the order of its rules. */
  List<TestedRun> runs(String flag) {
    return runs.getOrDefault(flag, List.of());
  }
}
