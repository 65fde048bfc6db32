package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import java.util.List;

/**
 * Whether an effect depends on what units saw of other experiments.
 *
 * @param basis which numbers it rests on
 * @param metric its key
 * @param pairs the other experiment with most shared units first
 * @param unpaired experiments that were not compared
 * @param summary in one sentence
 */
public record InteractionReport(
    Basis basis, String metric, List<Pair> pairs, List<Unpaired> unpaired, String summary) {

  /** Copies the lists. */
  public InteractionReport {
    pairs = List.copyOf(pairs);
    unpaired = List.copyOf(unpaired);
  }

  /**
   * Another experiment.
   *
   * @param experiment its key
   * @param phase its run
   * @param sharedUnits that saw one of its arms, too
   * @param within the effects within each of its arms, its control first
   * @param interplays one for each treatment of both
   */
  public record Pair(
      String experiment,
      int phase,
      long sharedUnits,
      List<Within> within,
      List<Interplay> interplays) {
    /** Copies the lists. */
    public Pair {
      within = List.copyOf(within);
      interplays = List.copyOf(interplays);
    }
  }

  /** Effects among units that saw one arm of another experiment. */
  public record Within(String arm, List<Contrast> contrasts) {
    /** Copies the list. */
    public Within {
      contrasts = List.copyOf(contrasts);
    }
  }

  /**
   * Whether a treatment's effect differs where another experiment's treatment was seen.
   *
   * @param outcome the difference of the effects, as a share of what units did that saw both
   *     controls; all of the answer corrected together
   */
  public record Interplay(String arm, String otherArm, Answer.Outcome outcome, String summary) {
    /** Whether the effects differ. */
    public boolean isFound() {
      return outcome instanceof Answer.Told told && told.significant();
    }
  }

  /** Why an experiment was not compared. */
  public enum Why {
    /** A layer keeps their units apart. */
    SAME_LAYER,
    /** It deals another kind of unit. */
    OTHER_UNIT_TYPE,
    /** No unit saw both. */
    NO_SHARED_UNITS,
    /** It can be asked about by name. */
    TOO_MANY
  }

  /** An experiment that was not compared. */
  public record Unpaired(String experiment, Why why) {}
}
