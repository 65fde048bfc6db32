package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.EmbeddedStores;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads who wants a backup of what another process runs without a door to it. */
@Tag("own-engine")
final class BackupBesideDemoTest {

  @TempDir private Path directory;

  @Test
  void saysThatADemoMakesNoBackupsAndWhatToDo() throws Exception {
    DataDirectory data = new DataDirectory(directory.resolve("data"));
    Files.createDirectories(data.path());
    Secrets secrets = Secrets.in(data.path(), "default", new GatewayKeyTexts());
    try (EmbeddedStores _ = EmbeddedStores.databaseOnly(data, secrets.storePassword())) {
      assertThat(backup(data)).as("of what is no demo").contains("--distributed");
      Files.createFile(data.demo());
      assertThat(backup(data))
          .contains(
              "tenure: %s runs as a demo, which makes no backups: stop it".formatted(data.path()))
          .doesNotContainIgnoringCase("lock")
          .doesNotContain("Code:");
    }
    assertThat(directory.resolve("backups")).doesNotExist();
  }

  private String backup(DataDirectory data) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:TieredStopAtLevel=1",
                    "-Dtenure.home=" + System.getProperty("tenure.home"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Tenure.class.getName(),
                    "backup",
                    "--data",
                    data.path().toString(),
                    "--to",
                    directory.resolve("backups").toString()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isNotZero();
    return said;
  }
}
