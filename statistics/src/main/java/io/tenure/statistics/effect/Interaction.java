package io.tenure.statistics.effect;

import io.tenure.statistics.sample.ArmEstimate;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether two experiments change each other's effect: the first one's effect where the second is
 * on, less its effect where the second is off (a difference of differences in the 2x2 table;
 * Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020, chapter 22). Relative ones
 * are shares of the cell where both are off.
 *
 * @param both units treated in both experiments
 * @param firstOnly units treated in the first
 * @param secondOnly units treated in the second
 * @param neither units treated in none
 */
public record Interaction(Sample both, Sample firstOnly, Sample secondOnly, Sample neither) {

  public Comparison comparison() {
    Optional<Obstacle> obstacle =
        Stream.of(both, firstOnly, secondOnly, neither)
            .flatMap(sample -> sample.obstacle().stream())
            .findFirst();
    if (obstacle.isPresent()) {
      return new Comparison.Incomparable(obstacle.get());
    }
    ArmEstimate[] cells = {
      both.estimate(), firstOnly.estimate(), secondOnly.estimate(), neither.estimate()
    };
    double variance = 0;
    double squares = 0;
    long units = 0;
    for (ArmEstimate cell : cells) {
      variance += cell.variance();
      squares += cell.variance() * cell.variance() / cell.degreesOfFreedom();
      units += cell.units();
    }
    ArmEstimate off = cells[3];
    return Difference.of(
        cells[0].value() - cells[1].value() - (cells[2].value() - off.value()),
        variance,
        variance > 0 ? variance * variance / squares : Double.POSITIVE_INFINITY,
        units,
        new Baseline(off.value(), off.variance(), off.variance()));
  }
}
