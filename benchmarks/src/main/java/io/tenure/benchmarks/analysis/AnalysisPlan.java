package io.tenure.benchmarks.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an analysis benchmark measures.
 *
 * @param events one size for each growth step, ascending
 * @param runs of each question and statement
 * @param parts what is measured of {@code warm}, {@code cold}, {@code bots}, {@code analysts} and
 *     {@code memory}
 * @param only questions whose names this matches
 * @param load how long analysts work at once
 * @param limit after which a plain statement is given up
 * @param keep where the events stay, to be asked again by the next run; empty for nowhere
 * @param jvm options of the service, those of {@code ./tenure} with its variables
 */
record AnalysisPlan(
    List<Long> events,
    int runs,
    Set<String> parts,
    Pattern only,
    Duration load,
    Duration limit,
    String keep,
    List<String> jvm) {

  private static final String PARTS = "warm,cold,bots,analysts,memory";

  /** From {@code name=value} words. */
  static AnalysisPlan of(String options) {
    Map<String, String> values = new HashMap<>();
    words(options)
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 2 ? pair[1] : ""));
    AnalysisPlan plan =
        new AnalysisPlan(
            Stream.of(values.getOrDefault("events", "10m").split(",", -1))
                .map(AnalysisPlan::count)
                .sorted()
                .toList(),
            Integer.parseInt(values.getOrDefault("runs", "5")),
            Set.of(values.getOrDefault("parts", PARTS).split(",", -1)),
            Pattern.compile(values.getOrDefault("only", ".*")),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("load", "30"))),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("limit", "20"))),
            values.getOrDefault("keep", ""),
            Stream.concat(
                    Stream.of(
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx" + System.getenv().getOrDefault("TENURE_HEAP", "1g"),
                        "-XX:NewRatio=1",
                        "-XX:SurvivorRatio=6",
                        "-Xss512k"),
                    words(System.getenv().getOrDefault("TENURE_JAVA_OPTIONS", "")))
                .toList());
    List.of("events", "runs", "parts", "only", "load", "limit", "keep").forEach(values::remove);
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + values.keySet());
    }
    return plan;
  }

  boolean has(String part) {
    return parts.contains(part);
  }

  /** The questions that are asked, of all there are. */
  List<Question> chosen(List<Question> all) {
    List<Question> chosen = new ArrayList<>(all);
    chosen.removeIf(question -> !only.matcher(question.name()).find());
    return chosen;
  }

  private static long count(String text) {
    return text.endsWith("m")
        ? Long.parseLong(text.substring(0, text.length() - 1)) * 1_000_000
        : Long.parseLong(text);
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty());
  }
}
