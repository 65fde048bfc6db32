package io.tenure.experiment.domain.result;

import java.util.List;

/**
 * What should be done, in plain words.
 *
 * @param kind what
 * @param variant the one to ship; empty for others
 * @param summary in one sentence
 * @param reasons one sentence each
 */
public record Proposal(
    Basis basis, Kind kind, String variant, String summary, List<String> reasons) {

  /** Copies the list. */
  public Proposal {
    reasons = List.copyOf(reasons);
  }

  /** What should be done. */
  public enum Kind {
    /** Find out first why the numbers can't be trusted. */
    INVESTIGATE,
    /** Stop: it does harm. */
    STOP,
    /** Give a variant to everybody. */
    SHIP,
    /** Go on. */
    CONTINUE,
    /** Stay with the control. */
    KEEP_CONTROL,
    /** People have to weigh. */
    DISCUSS
  }
}
