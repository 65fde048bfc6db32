package io.tenure.collector.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a form from raw bytes whatever the content type says, because the SDKs send forms as {@code
 * text/plain} or without a type. A broken escape stays as it is.
 */
final class FormFields {

  private FormFields() {}

  /** The fields of a body; the first of several with one name counts. */
  static Map<String, String> parse(byte[] form) {
    Map<String, String> fields = new LinkedHashMap<>();
    int start = 0;
    while (start < form.length) {
      int end = indexOf(form, '&', start, form.length);
      int equals = indexOf(form, '=', start, end);
      String value = equals == end ? "" : decode(form, equals + 1, end);
      fields.putIfAbsent(decode(form, start, equals), value);
      start = end + 1;
    }
    return fields;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return to;
  }

  private static String decode(byte[] bytes, int from, int to) {
    byte[] out = new byte[to - from];
    int size = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '+') {
        b = ' ';
      } else if (b == '%' && i + 2 < to) {
        int high = Character.digit(bytes[i + 1], 16);
        int low = Character.digit(bytes[i + 2], 16);
        if (high >= 0 && low >= 0) {
          b = (byte) (high << 4 | low);
          i += 2;
        }
      }
      out[size++] = b;
    }
    return new String(Arrays.copyOf(out, size), StandardCharsets.UTF_8);
  }
}
