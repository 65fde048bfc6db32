package io.tenure.condition.domain;

import java.util.List;

/**
 * An operator with the values it needs: none for presence, one number for order, one text for
 * search, up to 1000 of any kind for equality.
 */
public record Comparison(Operator operator, List<Value> values) {

  private static final int MAX_VALUES = 1000;

  /** Accepts only values the operator can use. */
  public Comparison {
    values = List.copyOf(values);
    switch (operator) {
      case IS_SET, IS_NOT_SET -> require(values.isEmpty(), "The operator takes no values");
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          require(
              values.size() == 1 && values.getFirst() instanceof Value.Decimal,
              "The operator takes exactly one number");
      case CONTAINS, STARTS_WITH ->
          require(
              values.size() == 1
                  && values.getFirst() instanceof Value.Text(String text)
                  && !text.isEmpty(),
              "The operator takes exactly one text that is not empty");
      case EQUAL, NOT_EQUAL, HAS_ELEMENT ->
          require(
              !values.isEmpty() && values.size() <= MAX_VALUES,
              "The operator takes 1 to " + MAX_VALUES + " values");
    }
  }

  private static void require(boolean fulfilled, String description) {
    if (!fulfilled) {
      throw new IllegalArgumentException(description);
    }
  }
}
