package io.tenure.segment.domain.trend;

import io.tenure.segment.domain.trend.Formula.Expression;
import java.math.BigDecimal;

/** Reads a formula by recursive descent: sums of products of atoms. */
final class FormulaParser {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_DEPTH = 20;

  private final String text;
  private int position;
  private int depth;

  FormulaParser(String text) {
    this.text = text;
  }

  Expression parse() {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("A formula has at most " + MAX_LENGTH + " characters");
    }
    Expression expression = sum();
    if (next() != 0) {
      throw unexpected();
    }
    return expression;
  }

  private Expression sum() {
    Expression left = product();
    while (next() == '+' || next() == '-') {
      char sign = take();
      left = new Expression.Operation(sign, left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = atom();
    while (next() == '*' || next() == '/') {
      char sign = take();
      left = new Expression.Operation(sign, left, atom());
    }
    return left;
  }

  private Expression atom() {
    char first = next();
    if (first == '(') {
      return inParentheses();
    }
    if (first == '-') {
      take();
      return new Expression.Operation('-', new Expression.Constant(BigDecimal.ZERO), atom());
    }
    if (first >= 'A' && first <= 'J') {
      return new Expression.Named(take() - 'A');
    }
    if (first >= '0' && first <= '9') {
      return number();
    }
    throw unexpected();
  }

  private Expression inParentheses() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("A formula has at most " + MAX_DEPTH + " levels");
    }
    take();
    Expression inner = sum();
    if (next() != ')') {
      throw unexpected();
    }
    take();
    depth--;
    return inner;
  }

  private Expression number() {
    int start = position;
    while (position < text.length() && isOfNumber(text.charAt(position))) {
      position++;
    }
    try {
      return new Expression.Constant(new BigDecimal(text.substring(start, position)));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException("is no number at character " + (start + 1), malformed);
    }
  }

  private static boolean isOfNumber(char character) {
    return character >= '0' && character <= '9' || character == '.';
  }

  /** The next character that is no space; 0 at the end. */
  private char next() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
    return position < text.length() ? text.charAt(position) : 0;
  }

  private char take() {
    return text.charAt(position++);
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        position < text.length()
            ? "is not understood at character " + (position + 1)
            : "ends too early");
  }
}
