package io.tenure.benchmarks.flag;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has to be true of an evaluator before its time means anything: it deals all three variants
 * about equally to those whom the conditions let in, deals nothing to the others, and has the plain
 * flag on.
 */
final class EvaluatorCheck {

  private static final Set<String> VARIANTS = Set.of("a", "b", "c");
  private static final double LEAST = 0.30;
  private static final double MOST = 0.37;

  private EvaluatorCheck() {}

  static void check(Evaluator evaluator) {
    Map<String, Integer> dealt = new TreeMap<>();
    Map<String, Integer> others = new TreeMap<>();
    for (int user = 0; user < Evaluator.USERS; user++) {
      dealt.merge(evaluator.variant(user), 1, Integer::sum);
      others.merge(evaluator.variant(user + Evaluator.USERS), 1, Integer::sum);
      require(evaluator.isOn(user), evaluator, "has the plain flag off");
    }
    check(evaluator.name(), dealt, others);
  }

  /** Checks how many users got what, with and without the conditions. */
  static void check(String name, Map<String, Integer> dealt, Map<String, Integer> others) {
    boolean even =
        dealt.keySet().equals(VARIANTS)
            && dealt.values().stream()
                .allMatch(n -> n > LEAST * Evaluator.USERS && n < MOST * Evaluator.USERS);
    if (!even) {
      throw new IllegalStateException(name + " deals unevenly: " + dealt);
    }
    if (others.size() != 1) {
      throw new IllegalStateException(name + " deals to those the conditions keep out: " + others);
    }
    System.out.println(name + " deals " + dealt + ", to the others " + others.keySet());
  }

  private static void require(boolean good, Evaluator evaluator, String complaint) {
    if (!good) {
      throw new IllegalStateException(evaluator.name() + " " + complaint);
    }
  }
}
