package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Flag;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.experiment.SplitKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The flags of a project as they were.
 *
 * @param version changes with every change; the same on every replica
 * @param flags the flags
 * @param dealtUnits what each split with a key deals
 * @param tested the experiments that deal units, by key
 */
public record Snapshot(
    String version, FlagSet flags, Map<String, UnitType> dealtUnits, Map<String, Tested> tested) {

  /** Copies the maps. */
  public Snapshot {
    dealtUnits = Map.copyOf(dealtUnits);
    tested = Map.copyOf(tested);
  }

  static Snapshot of(String version, FlagSet flags) {
    Map<String, UnitType> units = new HashMap<>();
    Map<String, Tested> tested = new HashMap<>();
    for (Flag flag : flags.flags()) {
      for (Rule rule : flag.rules()) {
        if (rule.serving() instanceof Serving.Split split && !split.key().isEmpty()) {
          SplitKey key = SplitKey.read(split.key());
          Tested one = new Tested(key.phase(), flag, rule, split);
          units.put(split.key(), one.unit());
          // An import has no phase.
          if (key.phase() > 0) {
            tested.put(key.experiment(), one);
          }
        }
      }
    }
    return new Snapshot(version, flags, units, tested);
  }
}
