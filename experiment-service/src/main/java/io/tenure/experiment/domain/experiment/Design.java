package io.tenure.experiment.domain.experiment;

import io.tenure.condition.domain.Condition;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.flag.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is to be; fixed when it starts.
 *
 * @param displayName name for people
 * @param hypothesis what is expected and why
 * @param flag key of the flag whose variants are compared
 * @param unit what is dealt
 * @param audience for whom; null for everybody
 * @param arms share of each variant
 * @param control the variant the others are compared with
 * @param layer the part of a layer it wants; null for none
 * @param holdouts keys of hold-outs whose units take no part
 * @param ramp shares that take part, by time; empty for everybody at once
 * @param plan how it will be judged
 */
public record Design(
    String displayName,
    String hypothesis,
    String flag,
    UnitType unit,
    @Nullable Condition audience,
    List<Share> arms,
    String control,
    @Nullable LayerShare layer,
    List<String> holdouts,
    List<RampStage> ramp,
    AnalysisPlan plan) {

  /** Copies the lists. */
  public Design {
    arms = List.copyOf(arms);
    holdouts = List.copyOf(holdouts);
    ramp = List.copyOf(ramp);
  }

  /** Whether it wants a part of a layer. */
  boolean isIn(String key) {
    return layer != null && layer.layer().equals(key);
  }
}
