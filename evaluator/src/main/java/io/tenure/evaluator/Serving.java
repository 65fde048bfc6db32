package io.tenure.evaluator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule serves. */
public sealed interface Serving {

  /** The same variant to everybody. */
  record Fixed(String variant) implements Serving {}

  /**
   * Different variants to different units: a rollout, or an experiment.
   *
   * @param key names it where variants are kept and exposures are counted; empty for what is
   *     neither
   * @param gates what a unit must pass, in order; who does not is left to the next rule
   * @param arms the first that takes the unit decides; no arm leaves it to the next rule
   * @param stickiness whether units keep what they got; null for no
   */
  record Split(String key, List<Gate> gates, List<Arm> arms, @Nullable Stickiness stickiness)
      implements Serving {

    /** Accepts at least one arm; what is kept needs a key. */
    public Split {
      gates = List.copyOf(gates);
      arms = List.copyOf(arms);
      if (arms.isEmpty()) {
        throw new IllegalArgumentException("A split needs an arm");
      }
      if (stickiness != null && key.isEmpty()) {
        throw new IllegalArgumentException("What is kept needs a key");
      }
    }

    /** What it deals: the unit of its first arm. */
    public UnitType unit() {
      return arms.getFirst().places().getFirst().dealing().unit();
    }

    /**
     * Variants by weight.
     *
     * @param weights parts of 10000, one for each variant
     */
    public static Split of(
        String key,
        Dealing dealing,
        List<Gate> gates,
        List<String> variants,
        List<Integer> weights,
        @Nullable Stickiness stickiness) {
      if (variants.size() != weights.size()) {
        throw new IllegalArgumentException("Every variant needs a weight");
      }
      List<Stretch> stretches = Shares.cut(weights, dealing.buckets());
      List<Arm> arms = new ArrayList<>();
      for (int index = 0; index < variants.size(); index++) {
        arms.add(
            new Arm(
                variants.get(index), List.of(new Place(dealing, List.of(stretches.get(index))))));
      }
      return new Split(key, gates, arms, stickiness);
    }
  }
}
