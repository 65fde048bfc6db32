package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.UnitType;
import java.util.HashMap;
import java.util.Map;

/**
 * The flags of a project as they were.
 *
 * @param version changes with every change; the same on every replica
 * @param flags the flags
 * @param dealtUnits what each split with a key deals
 */
public record Snapshot(String version, FlagSet flags, Map<String, UnitType> dealtUnits) {

  /** Copies the map. */
  public Snapshot {
    dealtUnits = Map.copyOf(dealtUnits);
  }

  static Snapshot of(String version, FlagSet flags) {
    Map<String, UnitType> units = new HashMap<>();
    flags.flags().stream()
        .flatMap(flag -> flag.rules().stream())
        .forEach(
            rule -> {
              if (rule.serving() instanceof Serving.Split split && !split.key().isEmpty()) {
                units.put(
                    split.key(), split.arms().getFirst().places().getFirst().dealing().unit());
              }
            });
    return new Snapshot(version, flags, units);
  }
}
