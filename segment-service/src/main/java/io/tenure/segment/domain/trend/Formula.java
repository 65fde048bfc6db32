package io.tenure.segment.domain.trend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number computed from measures: {@code + - * /}, parentheses, numbers, and a letter for each
 * measure. It has no value where one of its parts has none or where it divides by zero.
 *
 * @param text as written
 * @param expression as understood
 */
public record Formula(String text, Expression expression) {

  /** Reads a formula; what is wrong is said with its position. */
  public static Formula parse(String text) {
    return new Formula(text, new FormulaParser(text).parse());
  }

  /** One past the largest index of a measure it names. */
  int measures() {
    return expression.measures();
  }

  /**
   * Computes it.
   *
   * @param measure the value of a measure; null for none
   */
  @Nullable BigDecimal value(IntFunction<@Nullable BigDecimal> measure) {
    return expression.value(measure);
  }

  /** A part of a formula. */
  public sealed interface Expression {

    /** One past the largest index of a measure. */
    int measures();

    /** The value; null for none. */
    @Nullable BigDecimal value(IntFunction<@Nullable BigDecimal> measure);

    /** A number as written. */
    record Constant(BigDecimal number) implements Expression {
      @Override
      public int measures() {
        return 0;
      }

      @Override
      public BigDecimal value(IntFunction<@Nullable BigDecimal> measure) {
        return number;
      }
    }

    /** The value of a measure. */
    record Named(int index) implements Expression {
      @Override
      public int measures() {
        return index + 1;
      }

      @Override
      public @Nullable BigDecimal value(IntFunction<@Nullable BigDecimal> measure) {
        return measure.apply(index);
      }
    }

    /** Two parts and what is done with them. */
    record Operation(char sign, Expression left, Expression right) implements Expression {

      static final List<Character> SIGNS = List.of('+', '-', '*', '/');

      @Override
      public int measures() {
        return Math.max(left.measures(), right.measures());
      }

      @Override
      public @Nullable BigDecimal value(IntFunction<@Nullable BigDecimal> measure) {
        @Nullable BigDecimal first = left.value(measure);
        @Nullable BigDecimal second = right.value(measure);
        if (first == null || second == null || sign == '/' && second.signum() == 0) {
          return null;
        }
        return switch (sign) {
          case '+' -> first.add(second, MathContext.DECIMAL128);
          case '-' -> first.subtract(second, MathContext.DECIMAL128);
          case '*' -> first.multiply(second, MathContext.DECIMAL128);
          case '/' -> first.divide(second, MathContext.DECIMAL128);
          default -> throw new IllegalStateException("No sign " + sign);
        };
      }
    }
  }
}
