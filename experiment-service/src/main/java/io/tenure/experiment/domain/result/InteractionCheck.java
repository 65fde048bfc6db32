package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.experiment.domain.result.ArmSource.Arms;
import io.tenure.experiment.domain.result.ArmSource.OtherRun;
import io.tenure.experiment.domain.result.ArmSource.Question;
import io.tenure.experiment.domain.result.ArmSource.Slice;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.experiment.domain.result.InteractionReport.Interplay;
import io.tenure.experiment.domain.result.InteractionReport.Pair;
import io.tenure.experiment.domain.result.InteractionReport.Unpaired;
import io.tenure.experiment.domain.result.InteractionReport.Why;
import io.tenure.experiment.domain.result.InteractionReport.Within;
import io.tenure.experiment.domain.result.Neighbours.Neighbour;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Interaction;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.sample.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Looks for experiments that change an experiment's effect. */
final class InteractionCheck {

  /**
   * What arms did by the arms of another experiment.
   *
   * @param others its arms, its control first
   * @param cells for each of these the arms of this experiment
   */
  private record Crossed(Neighbour neighbour, List<String> others, List<List<Sums>> cells) {
    private long units() {
      return cells.stream().flatMap(List::stream).mapToLong(Sums::units).sum();
    }
  }

  private final Stand stand;
  private final Metric metric;
  private final Exploration exploration;

  InteractionCheck(Stand stand, Metric metric) {
    this.stand = stand;
    this.metric = metric;
    this.exploration = new Exploration(stand.design().plan().alpha());
  }

  /** The report of what was found. */
  InteractionReport report(Neighbours.Found found, Function<Question, Arms> source) {
    Instant look = stand.look();
    if (look == null) {
      return report(0, List.of(), found.unpaired(), "There was no look yet.");
    }
    Question question = stand.known().of(metric, 0).at(List.of(look));
    List<Crossed> crossed = new ArrayList<>();
    List<Unpaired> unpaired = new ArrayList<>(found.unpaired());
    long units = 0;
    for (Neighbour neighbour : found.near()) {
      Arms arms =
          source.apply(
              question.by(
                  new OtherRun(
                      neighbour.experiment(), neighbour.phase(), neighbour.run().start())));
      units = arms.looks().getLast().units();
      Crossed cross = cross(neighbour, arms);
      if (cross.units() > 0) {
        crossed.add(cross);
      } else {
        unpaired.add(new Unpaired(neighbour.experiment(), Why.NO_SHARED_UNITS));
      }
    }
    crossed.sort(Comparator.comparingLong(Crossed::units).reversed());
    List<Pair> pairs = pairs(crossed);
    return report(
        found.near().isEmpty() ? units(source, look) : units, pairs, unpaired, summary(pairs));
  }

  private long units(Function<Question, Arms> source, Instant look) {
    return source.apply(stand.known().at(List.of(look))).looks().getLast().units();
  }

  private InteractionReport report(
      long units, List<Pair> pairs, List<Unpaired> unpaired, String summary) {
    return new InteractionReport(stand.basis(units), metric.key(), pairs, unpaired, summary);
  }

  private static Crossed cross(Neighbour neighbour, Arms arms) {
    List<String> others = EvidenceRoom.arms(neighbour.design());
    List<List<Sums>> cells = new ArrayList<>();
    for (String other : others) {
      cells.add(
          arms.slices().stream()
              .filter(slice -> !slice.others() && other.equals(slice.value()))
              .findFirst()
              .map(Slice::arms)
              .orElseGet(
                  () ->
                      Collections.nCopies(
                          arms.looks().getLast().arms().size(), new Sums(0, null))));
    }
    return new Crossed(neighbour, others, cells);
  }

  private List<Pair> pairs(List<Crossed> crossed) {
    List<Comparison> questions = new ArrayList<>();
    for (Crossed cross : crossed) {
      questions.addAll(comparisons(cross));
    }
    List<Answer.Outcome> outcomes = exploration.together(questions, Scale.RELATIVE);
    List<Pair> pairs = new ArrayList<>();
    int next = 0;
    for (Crossed cross : crossed) {
      int count = (cross.others().size() - 1) * (stand.known().arms().size() - 1);
      pairs.add(pair(cross, outcomes.subList(next, next + count)));
      next += count;
    }
    return pairs;
  }

  /** By treatment of the other experiment, then by treatment of this one. */
  private static List<Comparison> comparisons(Crossed cross) {
    List<List<Sample>> samples = cross.cells().stream().map(ArmSamples::plain).toList();
    List<Sample> off = samples.getFirst();
    List<Comparison> comparisons = new ArrayList<>();
    for (List<Sample> on : samples.subList(1, samples.size())) {
      for (int arm = 1; arm < on.size(); arm++) {
        comparisons.add(
            new Interaction(on.get(arm), off.get(arm), on.getFirst(), off.getFirst()).comparison());
      }
    }
    return comparisons;
  }

  private Pair pair(Crossed cross, List<Answer.Outcome> outcomes) {
    List<String> arms = stand.known().arms();
    List<Within> within = new ArrayList<>();
    for (int other = 0; other < cross.others().size(); other++) {
      within.add(
          new Within(
              cross.others().get(other), exploration.contrasts(arms, cross.cells().get(other))));
    }
    List<Interplay> interplays = new ArrayList<>();
    for (int other = 1; other < cross.others().size(); other++) {
      for (int arm = 1; arm < arms.size(); arm++) {
        Answer.Outcome outcome = outcomes.get(interplays.size());
        interplays.add(
            new Interplay(
                arms.get(arm),
                cross.others().get(other),
                outcome,
                sentence(cross, arm, within.getFirst(), within.get(other), outcome)));
      }
    }
    return new Pair(
        cross.neighbour().experiment(),
        cross.neighbour().phase(),
        cross.units(),
        within,
        interplays);
  }

  private String sentence(Crossed cross, int arm, Within off, Within on, Answer.Outcome outcome) {
    String name = stand.known().arms().get(arm);
    String other = cross.neighbour().experiment();
    return switch (outcome) {
      case Answer.Untold _ ->
          "Whether the effect of '%s' on '%s' depends on '%s' of '%s' can't be told yet."
              .formatted(name, metric.key(), on.arm(), other);
      case Answer.Told told ->
          String.format(
              Locale.ROOT,
              "%s: %s where '%s' was seen, %s where '%s' was (p = %.2g).",
              told.significant()
                  ? "The effect of '%s' on '%s' depends on '%s'"
                      .formatted(name, metric.key(), other)
                  : "The effect of '%s' on '%s' was not found to depend on '%s'"
                      .formatted(name, metric.key(), other),
              Exploration.percent(on.contrasts().get(arm - 1).outcome()),
              on.arm(),
              Exploration.percent(off.contrasts().get(arm - 1).outcome()),
              off.arm(),
              told.effect().pValue());
    };
  }

  private static String summary(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return "No other experiment shares units with this one.";
    }
    List<String> found =
        pairs.stream()
            .filter(pair -> pair.interplays().stream().anyMatch(Interplay::isFound))
            .map(pair -> "'" + pair.experiment() + "'")
            .toList();
    if (!found.isEmpty()) {
      return "The effect depends on "
          + String.join(", ", found)
          + ": what was found holds for today's mix only.";
    }
    return pairs.stream()
            .flatMap(pair -> pair.interplays().stream())
            .allMatch(interplay -> interplay.outcome() instanceof Answer.Untold)
        ? "Whether the effect depends on other experiments can't be told yet."
        : "The effect was not found to depend on another experiment.";
  }
}
