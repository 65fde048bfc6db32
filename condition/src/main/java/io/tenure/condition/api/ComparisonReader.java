package io.tenure.condition.api;

import static io.tenure.condition.api.Fields.at;

import com.google.protobuf.Value;
import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Operator;
import io.tenure.platform.failure.Failure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Translates operators and their values. */
final class ComparisonReader {

  private final Size size;

  ComparisonReader(Size size) {
    this.size = size;
  }

  Comparison comparison(
      String path, io.tenure.proto.condition.v1.Operator operator, List<Value> values) {
    Operator read = operator(path + ".operator", operator);
    List<io.tenure.condition.domain.Value> operands = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      operands.add(value(path + ".values[" + index + "]", values.get(index)));
    }
    return at(path + ".values", () -> new Comparison(read, operands));
  }

  Operator operator(String path, io.tenure.proto.condition.v1.Operator operator) {
    return switch (operator) {
      case OPERATOR_EQUAL -> Operator.EQUAL;
      case OPERATOR_NOT_EQUAL -> Operator.NOT_EQUAL;
      case OPERATOR_LESS -> Operator.LESS;
      case OPERATOR_LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case OPERATOR_GREATER -> Operator.GREATER;
      case OPERATOR_GREATER_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case OPERATOR_CONTAINS -> Operator.CONTAINS;
      case OPERATOR_STARTS_WITH -> Operator.STARTS_WITH;
      case OPERATOR_IS_SET -> Operator.IS_SET;
      case OPERATOR_IS_NOT_SET -> Operator.IS_NOT_SET;
      case OPERATOR_HAS_ELEMENT -> Operator.HAS_ELEMENT;
      case OPERATOR_UNSPECIFIED -> throw Failure.invalid(path, "is required");
      case UNRECOGNIZED -> throw Failure.invalid(path, "is none this version knows");
    };
  }

  /** The shortest decimal that stands for the double is what was written: 0.1 is 0.1. */
  private io.tenure.condition.domain.Value value(String path, Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> {
        size.addText(path, value.getStringValue());
        yield at(path, () -> new io.tenure.condition.domain.Value.Text(value.getStringValue()));
      }
      case NUMBER_VALUE -> {
        if (!Double.isFinite(value.getNumberValue())) {
          throw Failure.invalid(path, "is not a finite number");
        }
        BigDecimal number = BigDecimal.valueOf(value.getNumberValue());
        size.addText(path, number.toString());
        yield at(path, () -> new io.tenure.condition.domain.Value.Decimal(number));
      }
      case BOOL_VALUE -> new io.tenure.condition.domain.Value.Flag(value.getBoolValue());
      case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET ->
          throw Failure.invalid(path, "must be a string, a number or a boolean");
    };
  }
}
