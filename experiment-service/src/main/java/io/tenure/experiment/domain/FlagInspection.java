package io.tenure.experiment.domain;

import io.tenure.evaluator.Shares;
import io.tenure.evaluator.Variant;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds everything wrong with a flag before it is saved, so that evaluation never can fail. */
final class FlagInspection {

  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");
  private static final Set<String> TYPES = Set.of("boolean", "string", "number", "object");
  private static final int MOST_VARIANTS = 50;
  private static final int MOST_RULES = 100;
  private static final int LONGEST_TEXT = 2_000;

  private final Flag flag;
  private final Set<String> variants = new HashSet<>();
  private final List<FieldViolation> violations = new ArrayList<>();

  private FlagInspection(Flag flag) {
    this.flag = flag;
  }

  /** Throws INVALID_ARGUMENT naming every violation. */
  static void check(Flag flag) {
    List<FieldViolation> violations = violations(flag);
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }

  static List<FieldViolation> violations(Flag flag) {
    FlagInspection inspection = new FlagInspection(flag);
    inspection.inspect();
    return inspection.violations;
  }

  private void inspect() {
    require(
        KEY.matcher(flag.key()).matches(),
        "key",
        "1 to 100 letters, digits, '.', '_' and '-', starting with a letter");
    requireShort("display_name", flag.displayName());
    requireShort("description", flag.description());
    requireShort("salt", flag.salt());
    inspectVariants();
    require(variants.contains(flag.offVariant()), "off_variant", "must name a variant");
    inspectRules();
    inspectAllocation("fallthrough", flag.fallthrough());
  }

  private void inspectVariants() {
    int count = flag.variants().size();
    require(count >= 1 && count <= MOST_VARIANTS, "variants", "1 to 50 variants");
    for (int i = 0; i < count; i++) {
      Variant variant = flag.variants().get(i);
      String field = "variants[" + i + "]";
      String type = variant.value().type();
      require(!variant.name().isBlank(), field + ".name", "must not be empty");
      require(variants.add(variant.name()), field + ".name", "is used by another variant");
      require(TYPES.contains(type), field + ".value", "boolean, string, number or object");
      require(
          type.equals(flag.variants().getFirst().value().type()),
          field + ".value",
          "must have the JSON type of the first variant");
    }
  }

  private void inspectRules() {
    require(flag.rules().size() <= MOST_RULES, "rules", "at most 100 rules");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < flag.rules().size(); i++) {
      FlagRule rule = flag.rules().get(i);
      String field = "rules[" + i + "]";
      require(!rule.name().isBlank(), field + ".name", "must not be empty");
      require(names.add(rule.name()), field + ".name", "is used by another rule");
      inspectAllocation(field + ".allocation", rule.allocation());
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

  private void requireShort(String field, String text) {
    require(text.length() <= LONGEST_TEXT, field, "at most 2000 characters");
  }

  private void require(boolean good, String field, String description) {
    if (!good) {
      violations.add(new FieldViolation(field, description));
    }
  }
}
