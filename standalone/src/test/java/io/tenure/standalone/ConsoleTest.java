package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A person's walk through the console in a real headless Chromium, over the demo's data. */
final class ConsoleTest {

  private final TestPlatform platform = TestPlatform.running();

  @Test
  void showsTheDemoBank() throws Exception {
    platform.demo();
    Path home = Path.of(System.getProperty("tenure.home"));
    ProcessBuilder builder =
        new ProcessBuilder("node", "e2e/walk.mjs").directory(home.resolve("console").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "BASE_URL", platform.installation().gateway().toString(),
                "USERNAME", platform.installation().secrets().username(),
                "PASSWORD", platform.installation().secrets().password(),
                "OUT_DIR",
                    home.resolve("standalone/target/console")
                        .toAbsolutePath()
                        .normalize()
                        .toString()));
    Process process = builder.inheritIO().start();

    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
