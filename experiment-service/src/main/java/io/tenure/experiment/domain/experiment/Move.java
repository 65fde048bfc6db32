package io.tenure.experiment.domain.experiment;

/** What people do with an experiment. */
public sealed interface Move {

  /** A draft goes to review. */
  record Submit() implements Move {}

  /** A second person approves it. */
  record Approve() implements Move {}

  /** Back to draft. */
  record SendBack() implements Move {}

  /** An approved one starts. */
  record Start() implements Move {}

  /**
   * More units take part from now on.
   *
   * @param share parts of 10000
   */
  record Ramp(int share) implements Move {}

  /** Deals nobody for now. */
  record Pause() implements Move {}

  /** Goes on. */
  record Resume() implements Move {}

  /** Ends. */
  record Stop() implements Move {}

  /**
   * A stopped one is decided.
   *
   * @param variant what the audience gets from now on; empty for nothing
   */
  record Decide(String variant) implements Move {}

  /** A stopped one becomes a draft again, for another run. */
  record Revise() implements Move {}

  /** Put away. */
  record Archive() implements Move {}

  /** Its name on record. */
  default String action() {
    return switch (this) {
      case Submit _ -> "submit";
      case Approve _ -> "approve";
      case SendBack _ -> "send_back";
      case Start _ -> "start";
      case Ramp _ -> "ramp";
      case Pause _ -> "pause";
      case Resume _ -> "resume";
      case Stop _ -> "stop";
      case Decide _ -> "decide";
      case Revise _ -> "revise";
      case Archive _ -> "archive";
    };
  }
}
