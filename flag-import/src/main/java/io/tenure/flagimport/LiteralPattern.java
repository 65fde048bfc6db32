package io.tenure.flagimport;

import java.util.Optional;

/**
 * A regular expression that only asks for a piece of text, which is the one kind that means the
 * same to every engine and that the condition language can say.
 *
 * @param text the text
 * @param fromStart whether the value begins with it
 * @param toEnd whether the value ends with it
 */
record LiteralPattern(String text, boolean fromStart, boolean toEnd) {

  private static final String PLAIN = "-_@:/,;!#%&='\"~<> ";

  /** The pattern, when it is one. */
  static Optional<LiteralPattern> of(String regex) {
    boolean fromStart = regex.startsWith("^");
    boolean toEnd = regex.endsWith("$") && !regex.endsWith("\\$");
    StringBuilder text = new StringBuilder();
    int end = regex.length() - (toEnd ? 1 : 0);
    for (int index = fromStart ? 1 : 0; index < end; index++) {
      char character = regex.charAt(index);
      if (character == '\\' && index + 1 < end && ".-/@_".indexOf(regex.charAt(index + 1)) >= 0) {
        index++;
        text.append(regex.charAt(index));
      } else if (isPlain(character)) {
        text.append(character);
      } else {
        return Optional.empty();
      }
    }
    boolean onlySuffix = toEnd && !fromStart;
    return text.isEmpty() || onlySuffix
        ? Optional.empty()
        : Optional.of(new LiteralPattern(text.toString(), fromStart, toEnd));
  }

  private static boolean isPlain(char character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || PLAIN.indexOf(character) >= 0;
  }

  /** Asks it of an attribute that is text; anything else does not match. */
  Claim of(Attribute attribute) {
    if (toEnd) {
      return attribute.is(new io.tenure.condition.domain.Value.Text(text));
    }
    return fromStart ? attribute.startsWith(text) : attribute.contains(text);
  }

  boolean matches(String value) {
    if (toEnd) {
      return value.equals(text);
    }
    return fromStart ? value.startsWith(text) : value.contains(text);
  }
}
