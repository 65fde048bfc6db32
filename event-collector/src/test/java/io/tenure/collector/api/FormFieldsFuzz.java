package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads any bytes as a form and compares with a second, slower reading by regular expressions. */
public final class FormFieldsFuzz {

  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

  private FormFieldsFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] form) {
    Map<String, String> expected = new LinkedHashMap<>();
    String text = new String(form, ISO_8859_1);
    String[] parts = text.split("&", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean afterTheLast = i == parts.length - 1 && parts[i].isEmpty();
      if (!afterTheLast) {
        String[] pair = parts[i].split("=", 2);
        expected.putIfAbsent(unescaped(pair[0]), pair.length == 2 ? unescaped(pair[1]) : "");
      }
    }
    if (!FormFields.parse(form).equals(expected)) {
      throw new AssertionError("Broken: both readings are the same");
    }
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = ESCAPE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      out.append(text.substring(from, matcher.start()).replace('+', ' '));
      out.append((char) Integer.parseInt(matcher.group(1), 16));
      from = matcher.end();
    }
    out.append(text.substring(from).replace('+', ' '));
    return new String(out.toString().getBytes(ISO_8859_1), UTF_8);
  }
}
