package io.tenure.benchmarks.flag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GrowthBook's JavaScript SDK, timed by a script in Node with the same flags, users and warm-up:
 * its Java SDK is in no registry this build uses. Node has no way to count bytes of one call.
 */
final class GrowthBook {

  private static final Path FOLDER = Path.of("growthbook");

  /** Nanoseconds of a call, the mean of some measurements, with the standard error of the mean. */
  record Time(double nanoseconds, double error) {}

  private GrowthBook() {}

  /** Installs what package-lock.json names, runs the script, checks what it decided. */
  static Map<String, Time> run() throws IOException, InterruptedException {
    if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
      output("npm", "ci", "--no-audit", "--no-fund");
    }
    JsonNode result = JsonMapper.shared().readTree(output("node", "benchmark.mjs"));
    EvaluatorCheck.check(
        "growthbook " + result.path("version").stringValue(),
        counts(result.path("dealt")),
        counts(result.path("others")));
    Map<String, Time> times = new LinkedHashMap<>();
    for (String name : new String[] {"plain", "split"}) {
      JsonNode time = result.path(name);
      times.put(name, new Time(time.path("mean").doubleValue(), time.path("error").doubleValue()));
    }
    return times;
  }

  private static Map<String, Integer> counts(JsonNode node) {
    Map<String, Integer> counts = new TreeMap<>();
    node.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().intValue()));
    return counts;
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }
}
