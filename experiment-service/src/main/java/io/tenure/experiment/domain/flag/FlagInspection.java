package io.tenure.experiment.domain.flag;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Forced;
import io.tenure.evaluator.Prerequisite;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Shares;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.Inspection;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds everything wrong with a flag before it is saved, so that evaluation never can fail. */
final class FlagInspection {

  /** Stands for the value the asking program brings along. */
  private static final String NULL = "null";

  private static final Set<String> TYPES = Set.of("boolean", "string", "number", "object", NULL);
  private static final int MOST_VARIANTS = 50;
  private static final int MOST_RULES = 100;
  private static final int MOST_PREREQUISITES = 20;
  private static final int MOST_FORCED = 1_000;

  private final Flag flag;
  private final Set<String> variants = new HashSet<>();
  private final Inspection inspection = new Inspection();

  private FlagInspection(Flag flag) {
    this.flag = flag;
  }

  /**
   * Inspects a flag.
   *
   * @throws Failure INVALID_ARGUMENT with every violation
   */
  static void check(Flag flag) {
    inspected(flag).end();
  }

  static List<FieldViolation> violations(Flag flag) {
    return inspected(flag).violations();
  }

  private static Inspection inspected(Flag flag) {
    FlagInspection inspection = new FlagInspection(flag);
    inspection.inspect();
    return inspection.inspection;
  }

  private void inspect() {
    inspection.requireKey("key", flag.key());
    inspection.requireText("display_name", flag.displayName());
    inspection.requireText("description", flag.description());
    inspection.requireText("salt", flag.salt());
    inspectVariants();
    require(variants.contains(flag.offVariant()), "off_variant", "must name a variant");
    inspectForced();
    inspectPrerequisites("prerequisites", flag.prerequisites());
    inspectRules();
    inspectAllocation("fallthrough", flag.fallthrough());
  }

  private void inspectVariants() {
    int count = flag.variants().size();
    Set<String> types = new HashSet<>();
    require(count >= 1 && count <= MOST_VARIANTS, "variants", "1 to 50 variants");
    for (int i = 0; i < count; i++) {
      Variant variant = flag.variants().get(i);
      String field = "variants[" + i + "]";
      String type = variant.value().type();
      require(!variant.name().isBlank(), field + ".name", "must not be empty");
      require(variants.add(variant.name()), field + ".name", "is used by another variant");
      require(TYPES.contains(type), field + ".value", "boolean, string, number, object or null");
      types.add(type.equals(NULL) ? "" : type);
      types.remove("");
      require(types.size() <= 1, field + ".value", "must have the JSON type of those before");
    }
  }

  private void inspectForced() {
    Set<UnitType> units = EnumSet.noneOf(UnitType.class);
    for (int i = 0; i < flag.forced().size(); i++) {
      Forced list = flag.forced().get(i);
      String field = "forced[" + i + "]";
      require(units.add(list.unit()), field + ".unit_type", "has another list already");
      require(
          !list.variants().isEmpty() && list.variants().size() <= MOST_FORCED,
          field + ".variants",
          "1 to 1000 ids");
      require(
          variants.containsAll(list.variants().values()),
          field + ".variants",
          "must name variants");
    }
  }

  private void inspectPrerequisites(String field, List<Prerequisite> prerequisites) {
    require(prerequisites.size() <= MOST_PREREQUISITES, field, "at most 20 prerequisites");
    for (int i = 0; i < prerequisites.size(); i++) {
      require(
          !prerequisites.get(i).variants().isEmpty(),
          field + "[" + i + "].variants",
          "needs at least one variant");
    }
  }

  private void inspectRules() {
    require(flag.rules().size() <= MOST_RULES, "rules", "at most 100 rules");
    Set<String> names = new HashSet<>();
    Set<RuleServing> tested = new HashSet<>();
    for (int i = 0; i < flag.rules().size(); i++) {
      FlagRule rule = flag.rules().get(i);
      String field = "rules[" + i + "]";
      require(!rule.name().isBlank(), field + ".name", "must not be empty");
      require(names.add(rule.name()), field + ".name", "is used by another rule");
      inspectPrerequisites(field + ".prerequisites", rule.prerequisites());
      switch (rule.serving()) {
        case Allocation allocation -> inspectAllocation(field + ".allocation", allocation);
        case RuleServing.Imported(Serving.Split split) ->
            require(
                split.arms().stream().map(Arm::variant).allMatch(variants::contains),
                field + ".split.arms",
                "must name variants");
        case RuleServing.Tested experiment -> {
          require(
              tested.add(experiment), field + ".experiment", "is served by another rule already");
          require(
              rule.condition() == null,
              field + ".condition",
              "belongs to the experiment, as its audience");
        }
      }
    }
  }

  private void inspectAllocation(String field, Allocation allocation) {
    Set<String> names = new HashSet<>();
    long sum = 0;
    for (int i = 0; i < allocation.shares().size(); i++) {
      Share share = allocation.shares().get(i);
      String item = field + ".shares[" + i + "]";
      require(variants.contains(share.variant()), item + ".variant", "must name a variant");
      require(names.add(share.variant()), item + ".variant", "has another share already");
      require(
          share.weight() >= 0 && share.weight() <= Shares.WHOLE, item + ".weight", "0 to 10000");
      sum += share.weight();
    }
    require(sum == Shares.WHOLE, field + ".shares", "the weights must sum to 10000");
  }

  private void require(boolean good, String field, String description) {
    inspection.require(good, field, description);
  }
}
