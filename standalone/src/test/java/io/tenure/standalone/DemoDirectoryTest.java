package io.tenure.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import io.tenure.platform.failure.Failure;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.EmbeddedStores;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new demo finds in the directory of another one. */
@Tag("own-engine")
final class DemoDirectoryTest {

  @TempDir private Path directory;
  private DataDirectory data = new DataDirectory(Path.of("none"));
  private DemoDirectory demo = new DemoDirectory(data);

  @BeforeEach
  void choose() {
    data = new DataDirectory(directory.resolve("data"));
    demo = new DemoDirectory(data);
  }

  @Test
  void throwsAwayTheDemoBefore() throws Exception {
    demo.clear();
    Path old = Files.createFile(data.path().resolve("old"));
    demo.clear();
    assertThat(old).doesNotExist();
    assertThat(data.demo()).exists();
  }

  @Test
  void leavesADemoAloneThatRuns() throws Exception {
    demo.clear();
    try (EmbeddedStores _ = EmbeddedStores.databaseOnly(data, "secret")) {
      assertThatThrownBy(demo::clear)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("is of a demo that runs");
      assertThat(data.clickHouse()).isNotEmptyDirectory();
    }
  }

  @Test
  void endsTheRedisOfADemoThatWasKilled() throws Exception {
    demo.clear();
    EmbeddedRedis left = EmbeddedRedis.start(EmbeddedRedisOptions.at(data.redis()));
    demo.clear();
    assertThat(ProcessHandle.of(left.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(data.redis()).doesNotExist();
  }

  @Test
  void leavesWhatIsNoDemo() throws Exception {
    Files.createDirectories(data.path());
    assertThatThrownBy(demo::clear)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("exists and is not a demo");
  }
}
