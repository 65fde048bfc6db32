package io.tenure.collector.domain.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Writes values as text without ever changing them: for the event store's map (strings as they are)
 * and as JSON (for traits). Numbers come out in plain decimal, so that equal numbers are equal
 * texts.
 */
public final class ValueText {

  /** Digits before and after the point that every reader of the stores can hold exactly. */
  private static final int MAX_DIGITS = 38;

  private ValueText() {}

  /** As a property value. */
  public static String of(String name, Object value) throws Unacceptable {
    if (value instanceof String text) {
      UnicodeText.check(name, text);
      return text;
    }
    return json(name, value);
  }

  /** As JSON. */
  public static String json(String name, Object value) throws Unacceptable {
    StringBuilder out = new StringBuilder();
    write(name, value, out);
    return out.toString();
  }

  private static void write(String name, Object value, StringBuilder out) throws Unacceptable {
    switch (value) {
      case String text -> {
        UnicodeText.check(name, text);
        quote(text, out);
      }
      case Boolean flag -> out.append(flag);
      case Long number -> out.append(number.longValue());
      case BigInteger number -> out.append(plain(name, new BigDecimal(number)));
      case BigDecimal number -> out.append(plain(name, number));
      case JsonNull none -> out.append("null");
      case List<?> list -> {
        out.append('[');
        String separator = "";
        for (Object element : list) {
          out.append(separator);
          write(name, element, out);
          separator = ",";
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator);
          write(name, entry.getKey(), out);
          out.append(':');
          write(name, entry.getValue(), out);
          separator = ",";
        }
        out.append('}');
      }
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }
  }

  private static String plain(String name, BigDecimal number) throws Unacceptable {
    BigDecimal shortest = number.stripTrailingZeros();
    long integerDigits = (long) shortest.precision() - shortest.scale();
    if (integerDigits > MAX_DIGITS || shortest.scale() > MAX_DIGITS) {
      throw new Unacceptable(
          QuarantineReason.NUMBER_OUT_OF_RANGE,
          "'" + name + "' needs more than " + MAX_DIGITS + " digits on one side of the point");
    }
    return shortest.toPlainString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
