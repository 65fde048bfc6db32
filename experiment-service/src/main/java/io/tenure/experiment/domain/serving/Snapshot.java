package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.experiment.domain.experiment.SplitKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of a project as they were.
 *
 * @param version changes with every change; the same on every replica
 * @param flags the flags
 * @param runs what the flags test, by key of the flag; those that test nothing are left out
 * @param tested the experiments that deal units, by key
 */
public record Snapshot(
    String version, FlagSet flags, Map<String, List<TestedRun>> runs, Map<String, Tested> tested) {

  /** Copies the maps. */
  public Snapshot {
    runs = Map.copyOf(runs);
    tested = Map.copyOf(tested);
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
    return new Snapshot(version, flags, runs, tested);
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
