package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The whole road with six processes, through the command a person would type. */
final class DistributedEndToEndTest extends EndToEndContract {

  @TempDir private static Path directory = Path.of("replaced");
  private static @Nullable DemoReport report;

  @BeforeAll
  static void run() throws Exception {
    Path file = directory.resolve("report.json");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dtenure.home=" + System.getProperty("tenure.home"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tenure.standalone.Tenure",
                "demo",
                "--distributed",
                "--once",
                "--port",
                "0",
                "--data",
                directory.resolve("data").toString(),
                "--report",
                file.toString())
            .inheritIO()
            .start();
    boolean ended = process.waitFor(8, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy();
    }
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
    report = Json.MAPPER.readValue(file, DemoReport.class);
  }

  @Override
  DemoReport report() {
    return Objects.requireNonNull(report);
  }
}
