package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Run;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.platform.failure.Failure;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, before anything is asked of its arms.
 *
 * @param goals metrics that decide
 * @param guards metrics that must not get worse
 * @param known the question for its units at the looks there were
 * @param now when it is asked
 * @param next the next look; null when no more will come
 */
record Stand(
    Run run,
    Design design,
    List<Metric> goals,
    List<Metric> guards,
    Question known,
    Instant now,
    @Nullable Instant next) {

  /** The look that is judged; null before the first one. */
  @Nullable Instant look() {
    return known.looks().isEmpty() ? null : known.looks().getLast();
  }

  /**
   * Which numbers an answer rests on.
   *
   * @param units of all arms at the look
   */
  Basis basis(long units) {
    return new Basis(
        known.experiment(),
        known.phase(),
        run,
        design,
        known.asOf(),
        now,
        look(),
        known.looks().size(),
        next,
        units);
  }

  /**
   * A metric of the plan: what was not registered is not judged.
   *
   * @param key empty for the first goal
   */
  Metric metric(String key) {
    if (key.isEmpty()) {
      return goals.getFirst();
    }
    return Stream.concat(goals.stream(), guards.stream())
        .filter(metric -> metric.key().equals(key))
        .findFirst()
        .orElseThrow(() -> Failure.invalid("metric", "must be one of the plan's metrics"));
  }
}
