package io.tenure.statistics.multiplicity;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.Terms;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions that are judged together: goals times arms, times slices where those were asked
 * for. Guardrails stay outside; see {@link Guardrail}. Questions without an answer yet don't count.
 *
 * @param correction how the family's error is kept
 * @param terms on which it is judged; alpha is the family's
 */
public record Family(Correction correction, Terms terms) {

  /**
   * A question.
   *
   * @param comparison that answers it
   * @param weight its share of the family's error against the others'; positive
   */
  public record Question(Comparison comparison, double weight) {}

  /** Effects with the family's intervals and p-values, in the order of the questions. */
  public List<Effect> effects(List<Question> questions) {
    List<Effect> effects =
        new ArrayList<>(questions.stream().map(q -> q.comparison().effect(terms)).toList());
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof Effect.Estimated) {
        answered.add(i);
      }
    }
    double[] p = answered.stream().mapToDouble(i -> pValue(effects.get(i))).toArray();
    double[] weights = answered.stream().mapToDouble(i -> questions.get(i).weight()).toArray();
    List<Verdict> verdicts = correction.of(p, weights, terms.alpha());
    for (int i = 0; i < p.length; i++) {
      int at = answered.get(i);
      effects.set(at, verdicts.get(i).effect(questions.get(at).comparison(), terms));
    }
    return List.copyOf(effects);
  }

  private static double pValue(Effect effect) {
    return effect instanceof Effect.Estimated estimated ? estimated.pValue() : 1;
  }
}
