package io.tenure.standalone.backup;

import io.tenure.profile.domain.erasure.Erasures;
import io.tenure.profile.domain.erasure.Reapplying;
import io.tenure.standalone.runtime.DataDirectory;
import io.tenure.standalone.runtime.Directories;
import io.tenure.standalone.runtime.InProcessPlatform;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.runtime.Service;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a restored installation on a port nobody was told, until everybody whom it has a tombstone
 * of is gone.
 */
public final class ErasedAgain implements Restore.Again {

  private static final Duration LOOK = Duration.ofMillis(500);

  @Override
  public void eraseAgain(DataDirectory data, Secrets secrets, Consumer<String> progress)
      throws InterruptedException {
    try (Installation installation =
        Installation.start(
            data.path(),
            0,
            Installation.Form.ONE_PROCESS,
            secrets,
            Map.of("tenure.profile.erasure.poll-interval", "1s"),
            part -> {})) {
      InProcessPlatform platform = (InProcessPlatform) installation.platform();
      platform.part(Service.PROFILE, Reapplying.class).run();
      Erasures erasures = platform.part(Service.PROFILE, Erasures.class);
      progress.accept("erasing again who was erased after the backup was made");
      while (!erasures.open().isEmpty()) {
        Thread.sleep(LOOK);
      }
    }
    Directories.delete(data.work());
  }
}
