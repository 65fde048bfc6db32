package io.tenure.collector.domain.record;

import java.util.List;
import java.util.Map;

/**
 * Writes parsed values back as JSON without losing any: numbers with all their digits, and half a
 * surrogate pair as an escape, since it has no UTF-8 form.
 */
public final class ExactJson {

  private ExactJson() {}

  /** The JSON text of a value of a draft. */
  public static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case String text -> quote(text, out);
      case JsonNull none -> out.append("null");
      case List<?> list -> {
        out.append('[');
        String separator = "";
        for (Object element : list) {
          out.append(separator);
          write(element, out);
          separator = ",";
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator);
          quote((String) entry.getKey(), out);
          out.append(':');
          write(entry.getValue(), out);
          separator = ",";
        }
        out.append('}');
      }
      case Boolean flag -> out.append(flag);
      case Number number -> out.append(number);
      default -> throw new IllegalArgumentException("Not a JSON value: " + value.getClass());
    }
  }

  private static void quote(String text, StringBuilder out) {
    boolean valid = UnicodeText.isValid(text);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || (!valid && Character.isSurrogate(c))) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
