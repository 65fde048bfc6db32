package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.experiment.domain.result.ArmSource.Sums;
import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.multiplicity.Correction;
import io.tenure.statistics.multiplicity.Verdict;
import io.tenure.statistics.sample.Obstacle;
import io.tenure.statistics.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges questions that no plan registered, at one look. They may explain a result and never decide
 * one, so they spend nothing of the plan's alpha.
 *
 * @param alpha of each question alone, and of those together that are asked together
 */
record Exploration(double alpha) {

  /** Each treatment against the control, each as if it were the only question. */
  List<Contrast> contrasts(List<String> arms, List<Sums> sums) {
    List<Sample> samples = ArmSamples.plain(sums);
    List<Contrast> contrasts = new ArrayList<>();
    for (int arm = 1; arm < samples.size(); arm++) {
      contrasts.add(
          new Contrast(
              arms.get(arm),
              samples.get(arm),
              samples.getFirst(),
              alone(Welch.compare(samples.get(arm), samples.getFirst()))));
    }
    return contrasts;
  }

  /** Questions that are asked together, corrected by Holm's procedure. */
  List<Answer.Outcome> together(List<Comparison> questions, Scale scale) {
    Terms terms = Terms.twoSided(scale, alpha);
    List<Effect> effects = questions.stream().map(question -> question.effect(terms)).toList();
    double[] p =
        effects.stream()
            .filter(Effect.Estimated.class::isInstance)
            .mapToDouble(effect -> ((Effect.Estimated) effect).pValue())
            .toArray();
    List<Verdict> verdicts = Correction.HOLM.of(p, alpha);
    List<Answer.Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < questions.size(); i++) {
      switch (effects.get(i)) {
        case Effect.Estimated raw -> {
          Verdict verdict = verdicts.get(next++);
          outcomes.add(told(verdict.effect(questions.get(i), terms), verdict, raw.pValue()));
        }
        case Effect.Unavailable(Obstacle obstacle) -> outcomes.add(new Answer.Untold(obstacle));
      }
    }
    return outcomes;
  }

  private static Answer.Outcome told(Effect effect, Verdict verdict, double rawPValue) {
    return switch (effect) {
      case Effect.Estimated told ->
          new Answer.Told(
              told, 1 - verdict.intervalAlpha(), rawPValue, verdict.discovery(), null, false);
      case Effect.Unavailable(Obstacle obstacle) -> new Answer.Untold(obstacle);
    };
  }

  private Answer.Outcome alone(Comparison comparison) {
    return together(List.of(comparison), Scale.RELATIVE).getFirst();
  }

  /** A relative effect for people; what can't be told is unknown. */
  static String percent(Answer.Outcome outcome) {
    return switch (outcome) {
      case Answer.Told told ->
          String.format(Locale.ROOT, "%+.2f %%", 100 * told.effect().estimate());
      case Answer.Untold _ -> "unknown";
    };
  }
}
