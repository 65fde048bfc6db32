package io.tenure.collector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lets Jazzer loose on every decoder, each in a process of its own: first all seeds of {@code
 * src/test/resources/fuzz}, then mutations that reach new code. The default build is bounded by
 * runs; {@code -Pfuzz} by time. What breaks a decoder is left in {@code target/fuzz} and belongs
 * into the seeds once it is mended.
 */
final class DecoderFuzzTest {

  private static final String RUNS = "tenure.fuzz.runs";
  private static final String SECONDS = "tenure.fuzz.seconds";
  private static final String SEED = "tenure.fuzz.seed";

  /** What the fuzzer sees into; everything would cost it most of its time. */
  private static final String INSTRUMENTED =
      String.join(
          ":",
          "io.tenure.collector.api.FormFields",
          "io.tenure.collector.api.Bodies*",
          "io.tenure.collector.api.NativeEvents",
          "io.tenure.collector.domain.dialect.*",
          "io.tenure.collector.domain.encryption.*",
          "io.tenure.collector.domain.record.*",
          "io.tenure.collector.store.log.RecordCodec*",
          "tools.jackson.core.json.UTF8StreamJsonParser");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.EnvelopeFuzz",
        "api.FormFieldsFuzz",
        "api.NativeEventsFuzz",
        "api.SensorsDecoderFuzz",
        "domain.dialect.NativeDecoderFuzz",
        "domain.dialect.RecordReaderFuzz",
        "domain.dialect.SegmentDecoderFuzz",
        "store.log.RecordCodecFuzz"
      })
  void readsAnythingRightOrRefusesIt(String target) throws Exception {
    String name = target.substring(target.lastIndexOf('.') + 1);
    Path work = Files.createDirectories(Path.of("target", "fuzz", name)).toAbsolutePath();
    Path seeds = Path.of("src", "test", "resources", "fuzz", name).toAbsolutePath();
    Path output = work.resolve("output.txt");

    Process jazzer =
        new ProcessBuilder(command("io.tenure.collector." + target, work, seeds))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = end(jazzer);

    assertThat(code).describedAs(() -> tail(output)).isZero();
    assertThat(Files.readString(output)).containsPattern("Done [0-9]+ runs in");
  }

  private static List<String> command(String target, Path work, Path seeds) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + target,
                "--instrumentation_includes=" + INSTRUMENTED,
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "-seed=" + System.getProperty(SEED, "1"),
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_len=4096",
                "-timeout=600",
                "-rss_limit_mb=3072"));
    String seconds = System.getProperty(SECONDS, "");
    command.add(
        seconds.isEmpty()
            ? "-runs=" + System.getProperty(RUNS, "5000")
            : "-max_total_time=" + seconds);
    command.add(Files.createDirectories(work.resolve("found")).toString());
    if (Files.isDirectory(seeds)) {
      command.add(seeds.toString());
    }
    return command;
  }

  private static int end(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String tail(Path output) {
    try {
      List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
