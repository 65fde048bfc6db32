package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers an answer rests on.
 *
 * @param experiment key of the experiment
 * @param phase its run
 * @param run what happened in it
 * @param design as it was registered
 * @param asOf events received before then counted
 * @param computed when it was computed
 * @param look the look that is judged; null before the first one
 * @param looks how many there were
 * @param next the next one; null when no more will come
 * @param units of all arms at the look
 */
public record Basis(
    String experiment,
    int phase,
    Run run,
    Design design,
    Instant asOf,
    Instant computed,
    @Nullable Instant look,
    int looks,
    @Nullable Instant next,
    long units) {

  /** Whether the planned units are there, or no more will come. */
  boolean isComplete() {
    return units >= design.plan().plannedUnits() || next == null;
  }
}
