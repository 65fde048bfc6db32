package io.tenure.segment.domain.funnel;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What makes one user's events an attempt: everything a fold must know.
 *
 * @param steps a rule for each step
 * @param exclusions what ends attempts; the n-th belongs to the n-th bit after the steps'
 */
public record FunnelRules(
    List<StepRule> steps,
    FunnelOrder order,
    FunnelEntry entry,
    FunnelWindow window,
    List<Exclusion> exclusions) {

  /** Most steps of a funnel. */
  public static final int MAX_STEPS = 20;

  /** Accepts 1 to 20 steps, and only options that mean something together. */
  public FunnelRules {
    steps = List.copyOf(steps);
    exclusions = List.copyOf(exclusions);
    new StepPacking(steps.size(), exclusions.size());
    require(!steps.getFirst().optional(), "The first step cannot be optional");
    require(
        !steps.getFirst().limitsTime() && steps.getFirst().least().isZero(),
        "The first step has no step before it to measure time from");
    require(
        order == FunnelOrder.ORDERED || steps.stream().noneMatch(StepRule::optional),
        "Only the steps of an ordered funnel can be optional");
    require(
        order != FunnelOrder.ANY || steps.stream().allMatch(StepRule.REQUIRED::equals),
        "Without an order there is no step before to measure time from");
    require(
        order == FunnelOrder.ORDERED || exclusions.isEmpty(),
        "Only an ordered funnel has something between two steps to exclude");
    require(
        entry != FunnelEntry.SESSIONS || window instanceof FunnelWindow.Session,
        "Sessions are counted only where an attempt lies within one");
    for (Exclusion exclusion : exclusions) {
      require(exclusion.before() < steps.size(), "An exclusion names a step that does not exist");
    }
  }

  /** Steps in order within a time, every entry tried. */
  public static FunnelRules ordered(int steps, Duration within) {
    return new FunnelRules(
        Collections.nCopies(steps, StepRule.REQUIRED),
        FunnelOrder.ORDERED,
        FunnelEntry.FURTHEST,
        new FunnelWindow.Within(within),
        List.of());
  }

  /** The step before which an attempt that went so far was lost; the number of steps if none. */
  int lostBefore(int reached) {
    int step = reached;
    while (step < steps.size() && steps.get(step).optional()) {
      step++;
    }
    return step;
  }

  StepPacking packing() {
    return new StepPacking(steps.size(), exclusions.size());
  }

  private static void require(boolean fulfilled, String description) {
    if (!fulfilled) {
      throw new IllegalArgumentException(description);
    }
  }
}
