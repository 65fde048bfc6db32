package io.tenure.profile.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of a trait as compact JSON text. Text instead of a tree keeps money exact, costs
 * nothing to store, and makes equality plain: the door that makes a value writes equal values
 * equally.
 *
 * @param json compact, valid JSON; numbers in plain decimal form without trailing zeros
 */
public record TraitValue(String json) {

  /** JSON null; setting it means removing the trait. */
  public static final TraitValue NULL = new TraitValue("null");

  /** Digits an amount may have on either side of the point; far beyond any currency. */
  private static final int MAX_DIGITS = 100;

  /**
   * A number in its one form.
   *
   * @return empty when it has more than 100 digits before or after the point
   */
  public static Optional<TraitValue> of(BigDecimal number) {
    if (!isCountable(number)) {
      return Optional.empty();
    }
    return Optional.of(new TraitValue(plain(number)));
  }

  /** A list of values. */
  public static TraitValue list(List<TraitValue> elements) {
    StringBuilder text = new StringBuilder("[");
    for (TraitValue element : elements) {
      text.append(text.length() == 1 ? "" : ",").append(element.json);
    }
    return new TraitValue(text.append(']').toString());
  }

  /** The number this is, unless it is no number or too big to calculate with. */
  public Optional<BigDecimal> number() {
    char first = json.charAt(0);
    if (first != '-' && (first < '0' || first > '9')) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(json)).filter(TraitValue::isCountable);
  }

  /** Whether this is a JSON array. */
  public boolean isList() {
    return json.charAt(0) == '[';
  }

  /** The elements of a JSON array; the value itself when it is none. */
  public List<TraitValue> elements() {
    if (!isList()) {
      return List.of(this);
    }
    List<TraitValue> elements = new ArrayList<>();
    int start = 1;
    int depth = 0;
    boolean quoted = false;
    for (int i = 1; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (depth == 0 && (c == ',' || c == ']')) {
        if (i > start) {
          elements.add(new TraitValue(json.substring(start, i)));
        }
        start = i + 1;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      }
    }
    return elements;
  }

  private static boolean isCountable(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_DIGITS
        && Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
