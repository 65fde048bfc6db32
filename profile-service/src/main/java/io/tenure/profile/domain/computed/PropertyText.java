package io.tenure.profile.domain.computed;

import io.tenure.profile.domain.TraitValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the text form of a property. The event store keeps no types, so text that is a plain
 * decimal number, {@code true} or {@code false} becomes such a value and anything else text: the
 * same rule by which conditions compare.
 */
final class PropertyText {

  private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9]\\d{0,37})(\\.\\d{1,38})?");

  private PropertyText() {}

  static TraitValue value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return new TraitValue(text);
    }
    return number(text).flatMap(TraitValue::of).orElseGet(() -> text(text));
  }

  static TraitValue text(String text) {
    return new TraitValue(StringNode.valueOf(text).toString());
  }

  static Optional<BigDecimal> number(String text) {
    return PLAIN.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
