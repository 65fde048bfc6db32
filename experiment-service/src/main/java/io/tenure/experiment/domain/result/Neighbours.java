package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.LayerShare;
import io.tenure.experiment.domain.experiment.Registrar;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.result.InteractionReport.Unpaired;
import io.tenure.experiment.domain.result.InteractionReport.Why;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the runs of other experiments that can share units with a run. */
final class Neighbours {

  /** Each costs a scan of the metric's events; those that ran together longest come first. */
  static final int MOST = 10;

  /**
   * A run of another experiment.
   *
   * @param overlap how long both ran together
   */
  record Neighbour(String experiment, int phase, Run run, Design design, Duration overlap) {}

  /**
   * Runs by whether they can be compared.
   *
   * @param near the one with the longest overlap first
   */
  record Found(List<Neighbour> near, List<Unpaired> unpaired) {}

  private final Shelf<Experiment> experiments;
  private final Registrar registrar;

  Neighbours(Shelf<Experiment> experiments, Registrar registrar) {
    this.experiments = experiments;
    this.registrar = registrar;
  }

  /** All that ran at the same time. */
  Found all(ProjectId project, Stand stand) {
    List<Neighbour> near = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>();
    for (Stored<Experiment> stored : experiments.list(project)) {
      Neighbour neighbour = neighbour(stand, stored.content());
      if (neighbour != null) {
        Why why = apart(stand.design(), neighbour.design());
        if (why == null) {
          near.add(neighbour);
        } else {
          unpaired.add(new Unpaired(neighbour.experiment(), why));
        }
      }
    }
    near.sort(
        Comparator.comparing(Neighbour::overlap).reversed().thenComparing(Neighbour::experiment));
    near.stream()
        .skip(MOST)
        .forEach(neighbour -> unpaired.add(new Unpaired(neighbour.experiment(), Why.TOO_MANY)));
    return new Found(near.stream().limit(MOST).toList(), unpaired);
  }

  /**
   * One of them.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION when they can share no units
   */
  Found one(ProjectId project, Stand stand, String key) {
    if (key.equals(stand.known().experiment())) {
      throw Failure.invalid("with", "must be another experiment");
    }
    Neighbour neighbour = neighbour(stand, experiments.get(project, key).content());
    if (neighbour == null) {
      throw refusal(key, "they did not run at the same time");
    }
    Why why = apart(stand.design(), neighbour.design());
    if (why == Why.SAME_LAYER) {
      throw refusal(key, "their layer keeps them apart");
    }
    if (why == Why.OTHER_UNIT_TYPE) {
      throw refusal(key, "they deal different kinds of units");
    }
    return new Found(List.of(neighbour), List.of());
  }

  private static Failure refusal(String key, String why) {
    return Failure.of(
        Reason.FAILED_PRECONDITION, "The experiment shares no units with '" + key + "': " + why);
  }

  /** The run of another experiment with the longest overlap; null without any. */
  private @Nullable Neighbour neighbour(Stand stand, Experiment experiment) {
    if (experiment.key().equals(stand.known().experiment())) {
      return null;
    }
    return IntStream.range(0, experiment.runs().size())
        .boxed()
        .filter(index -> overlap(stand, experiment.runs().get(index)).isPositive())
        .max(
            Comparator.comparing((Integer index) -> overlap(stand, experiment.runs().get(index)))
                .thenComparing(Comparator.naturalOrder()))
        .map(index -> neighbour(stand, experiment, index))
        .orElse(null);
  }

  private Neighbour neighbour(Stand stand, Experiment experiment, int index) {
    Run run = experiment.runs().get(index);
    return new Neighbour(
        experiment.key(), index + 1, run, registrar.read(run.registration()), overlap(stand, run));
  }

  private static Duration overlap(Stand stand, Run other) {
    Instant end =
        Stream.of(
                Stream.of(Objects.requireNonNullElse(stand.look(), stand.known().until())),
                Stream.ofNullable(stand.run().stop()),
                Stream.ofNullable(other.stop()))
            .flatMap(ends -> ends)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(later(stand.run().start(), other.start()), end);
  }

  private static Instant later(Instant first, Instant second) {
    return first.isAfter(second) ? first : second;
  }

  private static @Nullable Why apart(Design first, Design second) {
    if (first.unit() != second.unit()) {
      return Why.OTHER_UNIT_TYPE;
    }
    LayerShare one = first.layer();
    LayerShare two = second.layer();
    return one != null && two != null && one.layer().equals(two.layer()) ? Why.SAME_LAYER : null;
  }
}
