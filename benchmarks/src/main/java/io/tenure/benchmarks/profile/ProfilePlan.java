package io.tenure.benchmarks.profile;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a profile benchmark measures.
 *
 * @param users profiles
 * @param warmUp before reading is measured
 * @param measure time of one measurement of reading
 * @param batch records handed over at once; the relay sends up to 10,000
 * @param parts what is measured of {@code apply}, {@code read} and {@code rebuild}; without the
 *     first there are only the profiles that reading needs
 * @param jvm options of the platform, those of {@code ./tenure} with its variables
 */
record ProfilePlan(
    int users, int batch, Duration warmUp, Duration measure, Set<String> parts, List<String> jvm) {

  private static final String PARTS = "apply,read,rebuild";

  /** From {@code name=value} words. */
  static ProfilePlan of(String options) {
    Map<String, String> values = new HashMap<>();
    words(options)
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 2 ? pair[1] : ""));
    ProfilePlan plan =
        new ProfilePlan(
            Integer.parseInt(values.getOrDefault("users", "1000000")),
            Integer.parseInt(values.getOrDefault("batch", "2000")),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("warm-up", "20"))),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("measure", "15"))),
            Set.of(values.getOrDefault("parts", PARTS).split(",", -1)),
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
    values.keySet().removeAll(List.of("users", "batch", "warm-up", "measure", "parts"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + values.keySet());
    }
    return plan;
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty());
  }
}
