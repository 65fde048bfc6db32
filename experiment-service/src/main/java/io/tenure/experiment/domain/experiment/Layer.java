package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Shares;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.Keyed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Units divided among experiments that must not meet.
 *
 * @param key stable and unique in its project
 * @param displayName name for people
 * @param description what it keeps apart
 * @param unit what is divided
 * @param parts who owns what, by their beginning
 */
public record Layer(
    String key, String displayName, String description, UnitType unit, List<Part> parts)
    implements Keyed {

  /** Orders the parts. */
  public Layer {
    parts = parts.stream().sorted(Comparator.comparingInt(Part::from)).toList();
  }

  /** Parts of 10000 that nobody owns. */
  public int free() {
    return Shares.WHOLE - parts.stream().mapToInt(Part::share).sum();
  }

  /** What an experiment owns. */
  List<Part> of(String experiment) {
    return parts.stream().filter(part -> part.experiment().equals(experiment)).toList();
  }

  /** Without the parts of some experiments. */
  Layer without(Predicate<String> experiments) {
    return new Layer(
        key,
        displayName,
        description,
        unit,
        parts.stream().filter(part -> !experiments.test(part.experiment())).toList());
  }

  /** With the first free places for an experiment; empty when there are not enough. */
  Optional<Layer> with(String experiment, int share) {
    List<Part> all = new ArrayList<>(parts);
    int wanted = share;
    int next = 0;
    for (Part part : parts) {
      wanted -= take(all, experiment, next, part.from(), wanted);
      next = part.to();
    }
    wanted -= take(all, experiment, next, Shares.WHOLE, wanted);
    return wanted > 0
        ? Optional.empty()
        : Optional.of(new Layer(key, displayName, description, unit, all));
  }

  private static int take(List<Part> parts, String experiment, int from, int to, int wanted) {
    int taken = Math.min(wanted, to - from);
    if (taken > 0) {
      parts.add(new Part(experiment, from, from + taken));
    }
    return taken;
  }
}
