package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Shares;
import io.tenure.experiment.domain.Inspection;
import io.tenure.experiment.domain.flag.Share;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds everything wrong with a design by itself. */
final class DesignInspection {

  private static final int MOST_ARMS = 20;
  private static final int MOST_HOLDOUTS = 20;
  private static final int MOST_STAGES = 50;
  private static final int MOST_METRICS = 20;
  private static final int FEWEST_UNITS = 100;
  private static final int MOST_COVARIATE_DAYS = 90;

  private final Design design;
  private final Inspection inspection = new Inspection();

  private DesignInspection(Design design) {
    this.design = design;
  }

  /**
   * Inspects a design.
   *
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT with every violation
   */
  static void check(String key, Design design) {
    DesignInspection inspection = new DesignInspection(design);
    inspection.inspection.requireKey("key", key);
    inspection.inspect();
    inspection.inspection.end();
  }

  private void inspect() {
    inspection.requireText("display_name", design.displayName());
    inspection.requireText("hypothesis", design.hypothesis());
    require(!design.flag().isEmpty(), "flag_key", "must not be empty");
    inspectArms();
    LayerShare layer = design.layer();
    if (layer != null) {
      require(!layer.layer().isEmpty(), "layer.layer_key", "must not be empty");
      require(layer.share() >= 1 && layer.share() <= Shares.WHOLE, "layer.share", "1 to 10000");
    }
    require(design.holdouts().size() <= MOST_HOLDOUTS, "holdout_keys", "at most 20");
    requireDifferent("holdout_keys", design.holdouts());
    inspectRamp();
    inspectPlan();
  }

  private void inspectArms() {
    List<Share> arms = design.arms();
    require(arms.size() >= 2 && arms.size() <= MOST_ARMS, "arms", "2 to 20 variants");
    requireDifferent("arms", arms.stream().map(Share::variant).toList());
    for (int i = 0; i < arms.size(); i++) {
      int weight = arms.get(i).weight();
      require(weight >= 1 && weight <= Shares.WHOLE, "arms[" + i + "].weight", "1 to 10000");
    }
    require(
        arms.stream().mapToLong(Share::weight).sum() == Shares.WHOLE,
        "arms",
        "the weights must sum to 10000");
    require(
        arms.stream().anyMatch(arm -> arm.variant().equals(design.control())),
        "control",
        "must be one of the arms");
  }

  private void inspectRamp() {
    List<RampStage> ramp = design.ramp();
    require(ramp.size() <= MOST_STAGES, "ramp", "at most 50 stages");
    for (int i = 0; i < ramp.size(); i++) {
      RampStage stage = ramp.get(i);
      String field = "ramp[" + i + "]";
      require(stage.share() >= 1 && stage.share() <= Shares.WHOLE, field + ".share", "1 to 10000");
      if (i == 0) {
        require(stage.after().equals(Duration.ZERO), field + ".after", "the first stage is at 0");
      } else {
        RampStage before = ramp.get(i - 1);
        require(stage.share() > before.share(), field + ".share", "must be above the one before");
        require(
            stage.after().compareTo(before.after()) > 0,
            field + ".after",
            "must be later than the one before");
      }
    }
  }

  private void inspectPlan() {
    AnalysisPlan plan = design.plan();
    require(
        !plan.goals().isEmpty() && plan.goals().size() <= MOST_METRICS,
        "plan.goal_metric_keys",
        "1 to 20 metrics");
    require(plan.guardrails().size() <= MOST_METRICS, "plan.guardrails", "at most 20 metrics");
    requireDifferent("plan", plan.metrics().toList());
    for (int i = 0; i < plan.guardrails().size(); i++) {
      double margin = plan.guardrails().get(i).margin();
      require(margin >= 0 && margin <= 1, "plan.guardrails[" + i + "].margin", "0 to 1");
    }
    require(plan.alpha() >= 0.001 && plan.alpha() <= 0.2, "plan.alpha", "0.001 to 0.2");
    require(plan.power() >= 0.5 && plan.power() <= 0.99, "plan.power", "0.5 to 0.99");
    require(
        plan.smallestEffect() > 0 && plan.smallestEffect() <= 10,
        "plan.smallest_effect",
        "above 0 and at most 10");
    require(plan.plannedUnits() >= FEWEST_UNITS, "plan.planned_units", "at least 100");
    require(
        plan.covariateDays() >= 0 && plan.covariateDays() <= MOST_COVARIATE_DAYS,
        "plan.covariate_days",
        "0 to 90");
  }

  private void requireDifferent(String field, List<String> names) {
    Set<String> known = new HashSet<>();
    require(names.stream().allMatch(known::add), field, "names something twice");
  }

  private void require(boolean good, String field, String description) {
    inspection.require(good, field, description);
  }
}
