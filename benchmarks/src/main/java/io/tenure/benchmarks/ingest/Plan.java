package io.tenure.benchmarks.ingest;

import io.tenure.standalone.runtime.Installation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an ingest benchmark measures.
 *
 * @param form how the services run
 * @param doors where the load goes: {@code direct} to the collector, or through the {@code gateway}
 * @param traffic what is sent
 * @param warmUp at full load before anything is measured: compiling the hot code takes long on few
 *     processors
 * @param measure time of one measurement
 * @param soak time over which memory is followed; zero to leave it out
 * @param rate events per second of the open loop; 0 for half of what the closed loop took
 * @param jvm options of the platform
 */
record Plan(
    Installation.Form form,
    List<String> doors,
    List<Traffic> traffic,
    Duration warmUp,
    Duration measure,
    Duration soak,
    double rate,
    List<String> jvm) {

  /** Those of {@code ./tenure}, with its variables. */
  private static List<String> defaultJvm() {
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

  /** From {@code name=value} words. */
  static Plan of(String options) {
    Map<String, String> values = new HashMap<>();
    words(options)
        .map(word -> word.split("=", 2))
        .forEach(pair -> values.put(pair[0], pair.length == 2 ? pair[1] : ""));
    Plan plan =
        new Plan(
            values.getOrDefault("form", "one").equals("six")
                ? Installation.Form.SIX_PROCESSES
                : Installation.Form.ONE_PROCESS,
            list(values.getOrDefault("doors", "direct,gateway")),
            list(
                    values.getOrDefault(
                        "traffic", "sensors-50,phone-50,sensors-500,sensors-1,segment-50"))
                .stream()
                .map(Traffic::named)
                .toList(),
            seconds(values.getOrDefault("warm-up", "40")),
            seconds(values.getOrDefault("measure", "15")),
            seconds(values.getOrDefault("soak", "600")),
            Double.parseDouble(values.getOrDefault("rate", "0")),
            defaultJvm());
    values
        .keySet()
        .removeAll(List.of("form", "doors", "traffic", "warm-up", "measure", "soak", "rate"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("Unknown options: " + values.keySet());
    }
    return plan;
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty());
  }

  private static List<String> list(String text) {
    return List.of(text.split(",", -1));
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
