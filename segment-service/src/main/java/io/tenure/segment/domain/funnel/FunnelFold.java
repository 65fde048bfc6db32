package io.tenure.segment.domain.funnel;

/**
 * Walks one user's events once and tells the attempts that count: the best of a user, or each of
 * them when attempts are counted.
 *
 * <p>Events of one millisecond take any helpful order, and an event serves one step of an attempt.
 * Not safe for use by several threads; one fold serves any number of users one after another.
 */
public sealed interface FunnelFold permits OrderedFold, StrictFold, AnyOrderFold {

  /**
   * Folds one user's events.
   *
   * @param journey events as {@link StepPacking} makes them, in order of time
   */
  void fold(long[] journey, Attempts attempts);

  /**
   * The fold of some rules.
   *
   * @param entryEnd milliseconds before which an attempt must begin; events that can only be a
   *     later step may follow
   */
  static FunnelFold of(FunnelRules rules, long entryEnd) {
    return switch (rules.order()) {
      case ORDERED -> new OrderedFold(rules, entryEnd);
      case STRICT -> new StrictFold(rules, entryEnd);
      case ANY -> new AnyOrderFold(rules, entryEnd);
    };
  }
}
