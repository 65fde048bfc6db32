package io.tenure.experiment.domain;

import io.tenure.experiment.domain.FlagCondition.All;
import io.tenure.experiment.domain.FlagCondition.Any;
import io.tenure.experiment.domain.FlagCondition.Member;
import io.tenure.experiment.domain.FlagCondition.Not;
import io.tenure.experiment.domain.FlagCondition.Trait;
import io.tenure.platform.failure.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with a condition, naming each place. */
final class ConditionInspection {

  private static final int MOST_PARTS = 50;
  private static final int MOST_VALUES = 1_000;
  private static final int DEEPEST = 16;
  private static final Set<String> COMPARABLE = Set.of("string", "number", "boolean");

  private final List<FieldViolation> violations = new ArrayList<>();

  private ConditionInspection() {}

  static List<FieldViolation> violations(String field, FlagCondition condition) {
    ConditionInspection inspection = new ConditionInspection();
    inspection.inspect(field, condition, 1);
    return inspection.violations;
  }

  private void inspect(String field, FlagCondition condition, int depth) {
    if (depth > DEEPEST) {
      violations.add(new FieldViolation(field, "is nested more than 16 deep"));
      return;
    }
    switch (condition) {
      case All all -> inspectParts(field + ".all", all.parts(), depth);
      case Any any -> inspectParts(field + ".any", any.parts(), depth);
      case Not not -> inspect(field + ".not", not.inner(), depth + 1);
      case Trait trait -> inspectTrait(field + ".trait", trait);
      case Member member ->
          require(
              !member.segmentId().isBlank(), field + ".segment.segment_id", "must not be empty");
    }
  }

  private void inspectParts(String field, List<FlagCondition> parts, int depth) {
    require(
        !parts.isEmpty() && parts.size() <= MOST_PARTS,
        field + ".conditions",
        "1 to 50 conditions");
    for (int i = 0; i < parts.size(); i++) {
      inspect(field + ".conditions[" + i + "]", parts.get(i), depth + 1);
    }
  }

  private void inspectTrait(String field, Trait trait) {
    require(!trait.name().isBlank(), field + ".name", "must not be empty");
    List<Value> values = trait.values();
    switch (trait.operator()) {
      case EQUAL, NOT_EQUAL ->
          require(
              !values.isEmpty()
                  && values.size() <= MOST_VALUES
                  && values.stream().allMatch(value -> COMPARABLE.contains(value.type())),
              field + ".values",
              "1 to 1000 strings, numbers or booleans");
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          require(isOne(values, "number"), field + ".values", "exactly one number");
      case CONTAINS, STARTS_WITH ->
          require(isOne(values, "string"), field + ".values", "exactly one string");
      case IS_SET, IS_NOT_SET -> require(values.isEmpty(), field + ".values", "must be empty");
    }
  }

  private static boolean isOne(List<Value> values, String type) {
    return values.size() == 1 && values.getFirst().type().equals(type);
  }

  private void require(boolean good, String field, String description) {
    if (!good) {
      violations.add(new FieldViolation(field, description));
    }
  }
}
