package io.tenure.benchmarks.profile;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a profile benchmark measures.
 *
 * @param users profiles
 * @param warmUp before reading is measured
 * @param measure time of one measurement of reading
 * @param jvm options of the platform
 */
record ProfilePlan(int users, Duration warmUp, Duration measure, List<String> jvm) {

  /** From {@code name=value} words. */
  static ProfilePlan of(String options) {
    Map<String, String> values = new HashMap<>();
    Stream.of(options.strip().split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 2 ? pair[1] : ""));
    ProfilePlan plan =
        new ProfilePlan(
            Integer.parseInt(values.getOrDefault("users", "1000000")),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("warm-up", "20"))),
            Duration.ofSeconds(Long.parseLong(values.getOrDefault("measure", "15"))),
            List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx" + System.getenv().getOrDefault("TENURE_HEAP", "1g"),
                "-XX:NewRatio=1",
                "-XX:SurvivorRatio=6",
                "-Xss512k"));
    values.keySet().removeAll(List.of("users", "warm-up", "measure"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + values.keySet());
    }
    return plan;
  }
}
