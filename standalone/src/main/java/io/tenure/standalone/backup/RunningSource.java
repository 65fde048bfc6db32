package io.tenure.standalone.backup;

import io.tenure.collector.domain.relay.StandStill;
import io.tenure.profile.job.ErasureJob;
import io.tenure.standalone.runtime.InProcessPlatform;
import io.tenure.standalone.runtime.Service;
import io.tenure.standalone.store.DatabaseCopy;
import java.nio.file.Path;

/**
 * The installation that runs in this process. While the database is copied nothing is delivered and
 * nobody is erased; events are taken all the time.
 */
public final class RunningSource implements Source {

  private final DatabaseCopy database;
  private final StandStill moment;
  private final ErasureJob erasures;

  /** Of a platform over its stores. */
  public RunningSource(InProcessPlatform platform, DatabaseCopy database) {
    this.database = database;
    this.moment = platform.part(Service.COLLECTOR, StandStill.class);
    this.erasures = platform.part(Service.PROFILE, ErasureJob.class);
  }

  @Override
  public void copy(Path databaseCopy, Path logCopy) throws InterruptedException {
    try (ErasureJob.Pause _ = erasures.pause()) {
      moment.copy(() -> database.write(databaseCopy), logCopy);
    }
  }
}
