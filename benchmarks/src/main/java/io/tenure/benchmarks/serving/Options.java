package io.tenure.benchmarks.serving;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Words {@code name=value} of a command line; every one must be asked for. */
final class Options {

  private final Map<String, String> values = new HashMap<>();

  Options(String text) {
    words(text)
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 2 ? pair[1] : ""));
  }

  /** A whole number, which may end in k or m. */
  int number(String name, String otherwise) {
    String text = text(name, otherwise);
    int factor = text.endsWith("m") ? 1_000_000 : text.endsWith("k") ? 1_000 : 1;
    return factor * Integer.parseInt(factor == 1 ? text : text.substring(0, text.length() - 1));
  }

  List<Double> numbers(String name, String otherwise) {
    return Arrays.stream(text(name, otherwise).split(",", -1)).map(Double::valueOf).toList();
  }

  private String text(String name, String otherwise) {
    String value = values.remove(name);
    return value == null ? otherwise : value;
  }

  void end() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + values.keySet());
    }
  }

  /** Options of the platform: those of {@code ./tenure}, with its variables. */
  static List<String> jvm() {
    return Stream.concat(
            Stream.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx" + System.getenv().getOrDefault("TENURE_HEAP", "1g"),
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=6",
                "-Xss512k",
                "-XX:-OmitStackTraceInFastThrow"),
            words(System.getenv().getOrDefault("TENURE_JAVA_OPTIONS", "")))
        .toList();
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty());
  }
}
