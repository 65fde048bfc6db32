package io.tenure.flagimport;

import io.tenure.condition.domain.Operator;

/** The four orders, applied to numbers that are known. */
final class Orders {

  private Orders() {}

  static boolean holds(Operator operator, double left, double right) {
    return switch (operator) {
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case EQUAL, NOT_EQUAL, CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT ->
          throw new IllegalArgumentException("Not an order");
    };
  }

  /** The order with its sides exchanged. */
  static Operator turned(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL, CONTAINS, STARTS_WITH, IS_SET, IS_NOT_SET, HAS_ELEMENT ->
          throw new IllegalArgumentException("Not an order");
    };
  }
}
